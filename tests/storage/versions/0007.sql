INSERT INTO members (joined_at) VALUES ('2026-11-02 12:00:00+00:00');
INSERT INTO accounts (member, ref, name, connection, seen_at)
VALUES (1, 'playground/ana', 'Ana', 'community', '2026-11-02 12:00:00+00:00');
INSERT INTO ideas (title, body, job, obstacle, area, status, public_status, author, connection,
    audience, votes, version, created_at)
VALUES ('Dark mode', '', '', '', '', 'new', 'new', 1, 'community', 'everyone', 0, 0, '2026-11-02 12:00:00+00:00');
INSERT INTO queue (kind, connection, lane, budget, subject_kind, subject_id, channel, due_at,
    attempts, done_at, verdict, created_at)
VALUES ('post', 'community', 'community/ideas', 'community:post', 'idea_card', 1,
    'community/ideas', '2026-11-02 12:00:00+00:00', 1, '2026-11-02 12:00:00+00:00', 'sent', '2026-11-02 12:00:00+00:00');
INSERT INTO queue (kind, lane, budget, subject_kind, subject_id, due_at, attempts, created_at)
VALUES ('job', 'job:tell:7', 'job', 'tell', 7, '2026-11-02 12:00:00+00:00', 0, '2026-11-02 12:00:00+00:00');
-- An id that was given and is free again, but not to be given again.
INSERT INTO queue (kind, lane, budget, subject_kind, subject_id, due_at, attempts, created_at)
VALUES ('job', 'job:tell:8', 'job', 'tell', 8, '2026-11-02 12:00:00+00:00', 0, '2026-11-02 12:00:00+00:00');
DELETE FROM queue WHERE subject_id = 8;
INSERT INTO postings (subject, kind, message, channel, connection, quiet_until)
VALUES (1, 'card', 'community/ideas/p1', 'community/ideas', 'community', '2026-11-02 12:00:00+00:00');
INSERT INTO threads (ref, connection, messages, last_at, permalink)
VALUES ('community/general/m1', 'community', 9, '2026-11-02 12:00:00+00:00', '');
INSERT INTO summaries (thread, messages, people, first_at, last_at, at, version)
VALUES (1, 9, 1, '2026-11-02 12:00:00+00:00', '2026-11-02 12:00:00+00:00', '2026-11-02 12:00:00+00:00', 0);
INSERT INTO quotes (summary, message, account, part, text, permalink)
VALUES (1, 'community/general/m1', 1, 'point', 'My eyes hurt', '');
INSERT INTO statements (summary, part, text) VALUES (1, 'point', 'Ana finds it dark.');
INSERT INTO citations (statement, message, account, permalink)
VALUES (1, 'community/general/m1', 1, '');
INSERT INTO titles (idea, text, at) VALUES (1, 'Dark', '2026-11-02 12:00:00+00:00');
INSERT INTO optouts (member, at) VALUES (1, '2026-11-02 12:00:00+00:00');
INSERT INTO allowances (day, tokens) VALUES ('2026-11-02', 100);
INSERT INTO answers (key, text, at) VALUES ('digest', 'Ana finds it dark.', '2026-11-02 12:00:00+00:00');
INSERT INTO shown (answer, message, author) VALUES ('digest', 'community/general/m1', 'playground/ana');
