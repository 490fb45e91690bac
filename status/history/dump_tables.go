//go:build !js

package history

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"backupcheck/status"
)

// table is a table of the history, with what adds the rows of import_<name> to it.
type table struct {
	name    string
	columns []string
	merge   string
	// check returns why a row is refused, or "".
	check func(row []any, latest int64) string
}

// worse ranks levels as status.Worse does.
const worse = `instr('operational maintenance unknown degraded outage', %s.worst)`

var tables = []table{
	{
		name: "incident",
		columns: []string{"service", "id", "type", "state", "worst", "message", "users", "affected",
			"started_at", "ended_at", "posted_at", "first_seen_at", "last_seen_at", "read_at"},
		// The copy that was read later counts, with the worst level and the first
		// reading of both.
		merge: `UPDATE import_incident AS new SET
			worst = coalesce((SELECT old.worst FROM incident old WHERE old.service = new.service AND old.id = new.id
				AND ` + fmt.Sprintf(worse, "old") + ` > ` + fmt.Sprintf(worse, "new") + `), worst),
			first_seen_at = min(first_seen_at, coalesce((SELECT old.first_seen_at FROM incident old WHERE old.service = new.service AND old.id = new.id), first_seen_at));
INSERT INTO incident SELECT * FROM import_incident WHERE true
	ON CONFLICT (service, id) DO UPDATE SET worst = excluded.worst, first_seen_at = excluded.first_seen_at;
INSERT OR REPLACE INTO incident SELECT new.* FROM import_incident new JOIN incident old ON old.service = new.service AND old.id = new.id
	WHERE new.read_at > old.read_at`,
		check: func(row []any, latest int64) string {
			var names []string
			switch {
			case row[0] == "" || row[1] == "":
				return "without a service or an id"
			case !isLevel(row[4]):
				return "with a level that doesn't exist"
			case json.Unmarshal([]byte(row[7].(string)), &names) != nil:
				return "with services that can't be read"
			case row[11].(int64) <= 0 || row[13].(int64) <= 0:
				return "without a time"
			case row[11].(int64) > latest || row[12].(int64) > latest || row[13].(int64) > latest:
				return ofFuture
			}
			return ""
		},
	},
	{
		name:    "change",
		columns: []string{"service", "at", "level", "rest", "tried_at", "sent_at", "gave_up_at", "answer"},
		merge: `INSERT INTO change (service, at, level, rest, tried_at, sent_at, gave_up_at, answer)
	SELECT service, at, level, rest, tried_at, sent_at, gave_up_at, answer FROM import_change WHERE true
	ON CONFLICT (service, at) DO UPDATE SET tried_at = max(tried_at, excluded.tried_at), sent_at = max(sent_at, excluded.sent_at),
		gave_up_at = max(gave_up_at, excluded.gave_up_at)`,
		check: func(row []any, latest int64) string {
			switch {
			case row[0] == "":
				return "without a service or an id"
			case !isLevel(row[2]) || !isLevel(row[3]):
				return "with a level that doesn't exist"
			case row[1].(int64) <= 0:
				return "without a time"
			case row[1].(int64) > latest:
				return ofFuture
			}
			return ""
		},
	},
	{
		name:    "watched",
		columns: []string{"began_at", "ended_at"},
		// Spans that overlap, or have no gap between them, become one.
		merge: `INSERT INTO import_watched SELECT began_at, ended_at FROM watched;
DELETE FROM watched;
INSERT INTO watched (began_at, ended_at) SELECT min(began_at), max(ended_at) FROM (
	SELECT began_at, ended_at, sum(starts) OVER (ORDER BY began_at, ended_at ROWS UNBOUNDED PRECEDING) AS span FROM (
		SELECT began_at, ended_at, began_at > ` + strconv.Itoa(int(status.StaleAfter/time.Second)) + ` + coalesce(
			max(ended_at) OVER (ORDER BY began_at, ended_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS starts
		FROM import_watched)) GROUP BY span`,
		check: func(row []any, latest int64) string {
			switch {
			case row[0].(int64) <= 0:
				return "without a time"
			case row[1].(int64) < row[0].(int64):
				return "that end before they begin"
			case row[1].(int64) > latest:
				return ofFuture
			}
			return ""
		},
	},
}

const ofFuture = "of the future"

// isLevel reports whether a value is the name of a level.
func isLevel(value any) bool {
	var level status.Level
	return level.UnmarshalText([]byte(value.(string))) == nil
}

// texts reports whether a column has texts; the others have whole numbers.
func texts(column string) bool {
	return !strings.HasSuffix(column, "at") && column != "answer"
}
