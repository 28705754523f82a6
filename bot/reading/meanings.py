"""English words that mean much the same when people talk about software.

Written from what any product's customers say, not from the ideas of one. A word stands in one
group at most, with its plural.
"""

from bot.reading.words import stem

_GROUPS = """
account member people person user
add create insert new
admin administrator
alert announcement banner message notice notification reminder
allow enable permit support
analytic dashboard report statistic
android ios mobile phone smartphone tablet
api integration rest webhook
appearance skin style theme
assignee owner responsible
attachment document file upload
attribute field property
audio sound
author creator reporter
auto automatic automatically
avatar image photo picture screenshot thumbnail
batch bulk mass multiple several
begin launch start
big huge large
billing invoice payment price
block disable forbid lock prevent
bookmark favorite favourite pin star
broken error fail failure
bug issue ticket
cap limit maximum quota restrict restriction
category label tag
change edit modify update
chart diagram graph plot
child hierarchy nested parent tree
clone copy duplicate
color colour
comment journal note remark reply
conceal hidden hide invisible
configurable configuration configure custom customizable customize option preference setting
count number
crash freeze hang
credential passphrase password
dark night
date day deadline
default preset
delete discard erase remove
directory folder
disk space storage
display show view visible
download export
duration hour time timesheet
email mail
emoji reaction smiley
end quit stop
fast performance slow speed
filter find lookup query search
font zoom
group team
headline name subject title
history revision version
hotkey keyboard shortcut
i18n internationalization l10n language locale localization multilingual translate translation
hyperlink link url
ldap oauth sso
list listing table
login logon signin authentication
mandatory obligatory required
menu navigation sidebar toolbar
migrate move transfer
order ordering sort sorting
page screen window
permission access privilege right role
private secret confidential
public share sharing
recurring repeat schedule
redo revert restore rollback undo
state status workflow
text description
""".strip().split("\n")

SAME = {f"={group.split()[0]}": tuple(map(stem, group.split())) for group in _GROUPS}
"""The stems of each group, by a name that is no word."""
MEANING = {stemmed: name for name, stems in SAME.items() for stemmed in stems}
"""The group of a stem."""
