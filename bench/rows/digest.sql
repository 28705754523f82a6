-- A digest's aggregates as one would write them by hand, with the same results. One blank line
-- between statements; the times are parameters.

SELECT sum(votes > 0 AND created_at < :end), sum(created_at < :since)
FROM ideas
WHERE merged_into IS NULL AND status IN ('new', 'under_review') AND number NOT IN (
    SELECT idea FROM decisions
    WHERE undone_at IS NULL AND reason <> '' AND status <> 'withdrawn'
    UNION ALL SELECT idea FROM questions WHERE answered_at IS NULL);

SELECT number, votes, created_at
FROM ideas
WHERE merged_into IS NULL AND status IN ('new', 'under_review') AND number NOT IN (
    SELECT idea FROM decisions
    WHERE undone_at IS NULL AND reason <> '' AND status <> 'withdrawn'
    UNION ALL SELECT idea FROM questions WHERE answered_at IS NULL)
AND votes > 0 AND created_at < :end
ORDER BY votes DESC, number LIMIT 5;

SELECT number, votes, created_at
FROM ideas
WHERE merged_into IS NULL AND status IN ('new', 'under_review') AND number NOT IN (
    SELECT idea FROM decisions
    WHERE undone_at IS NULL AND reason <> '' AND status <> 'withdrawn'
    UNION ALL SELECT idea FROM questions WHERE answered_at IS NULL)
AND created_at < :since
ORDER BY created_at, number LIMIT 50;

WITH RECURSIVE climb (number, root) AS (
    SELECT number, merged_into FROM ideas WHERE merged_into IS NOT NULL
    UNION ALL
    SELECT climb.number, above.merged_into FROM climb
    JOIN ideas above ON above.number = climb.root WHERE above.merged_into IS NOT NULL
), roots AS (
    SELECT climb.number, climb.root FROM climb
    JOIN ideas top ON top.number = climb.root WHERE top.merged_into IS NULL
), gained AS (
    SELECT coalesce(roots.root, votes.idea) AS idea, count(DISTINCT member) AS gained
    FROM votes JOIN accounts ON accounts.id = votes.account
    LEFT JOIN roots ON roots.number = votes.idea
    WHERE active AND changed_at >= :start AND changed_at < :end GROUP BY 1
)
SELECT number, votes, created_at, gained, count(*) OVER ()
FROM ideas JOIN gained ON gained.idea = number
WHERE status IN ('new', 'under_review', 'planned', 'in_progress')
ORDER BY gained DESC, votes DESC, number LIMIT 50;

SELECT number, votes, created_at, count(*) OVER ()
FROM ideas
WHERE created_at >= :start AND created_at < :end AND merged_into IS NULL
AND status NOT IN ('held', 'withdrawn')
ORDER BY votes DESC, number LIMIT 50;

SELECT number, votes, created_at, decision, count(*) OVER ()
FROM ideas JOIN (
    SELECT idea, status, max(id) AS decision FROM decisions
    WHERE at >= :start AND at < :end AND undone_at IS NULL AND status <> previous
    AND status IN ('shipped', 'planned', 'in_progress', 'declined') GROUP BY idea, status
) made ON made.idea = number AND made.status = ideas.status
ORDER BY ideas.status = 'shipped' DESC, votes DESC, number LIMIT 5;

SELECT ideas.number, top.votes, count(*) OVER ()
FROM ideas JOIN ideas top ON top.number = ideas.merged_into
WHERE ideas.number IN (
    SELECT idea FROM merges WHERE at >= :start AND at < :end AND into_idea IS NOT NULL)
ORDER BY top.votes DESC LIMIT 5;

SELECT CAST((julianday(:end) - julianday(created_at)) / 7 AS INTEGER) AS weeks_ago, count(*)
FROM ideas
WHERE created_at >= :first AND created_at < :end AND status NOT IN ('held', 'withdrawn')
GROUP BY 1;

SELECT CAST((julianday(:end) - julianday(changed_at)) / 7 AS INTEGER) AS weeks_ago, count(*)
FROM votes
WHERE active AND changed_at >= :first AND changed_at < :end AND (
    source = 'button' OR NOT EXISTS (
        SELECT 1 FROM votes button WHERE button.idea = votes.idea
        AND button.account = votes.account AND button.source = 'button' AND button.active))
GROUP BY 1;

SELECT place, count(DISTINCT member) FROM (
    SELECT member, changed_at >= :start AS place
    FROM votes JOIN accounts ON accounts.id = account
    WHERE active AND changed_at >= :before AND changed_at < :end
    UNION ALL
    SELECT author, created_at >= :start FROM ideas
    WHERE created_at >= :before AND created_at < :end AND author IS NOT NULL
    AND status NOT IN ('held', 'withdrawn'))
GROUP BY place;

SELECT created_at, first.at
FROM ideas JOIN (
    SELECT idea, min(at) AS at FROM (
        SELECT idea, at FROM decisions
        WHERE undone_at IS NULL AND reason <> '' AND status <> 'withdrawn'
        UNION ALL SELECT idea, at FROM questions)
    GROUP BY idea
) first ON first.idea = number
WHERE first.at >= :before AND first.at < :end AND status NOT IN ('held', 'withdrawn');

SELECT created_at >= :start,
    sum(first.at < CASE WHEN created_at >= :start THEN :end ELSE :start END), count(*)
FROM ideas LEFT JOIN (
    SELECT idea, min(at) AS at FROM (
        SELECT idea, at FROM decisions
        WHERE undone_at IS NULL AND reason <> '' AND status <> 'withdrawn'
        UNION ALL SELECT idea, at FROM questions)
    GROUP BY idea
) first ON first.idea = number
WHERE created_at >= :before AND created_at < :end AND merged_into IS NULL
AND status NOT IN ('held', 'withdrawn')
GROUP BY 1;
