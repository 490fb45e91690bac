package text

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"backupcheck/cmd/backupcheck/internal/terminal"
	"backupcheck/status"
	"backupcheck/status/history"
)

// History is a body of /api/history, which may be from any site.
type History struct {
	Enabled   bool `json:"kept"`
	Summary   string
	To        *time.Time
	Days      []day
	Incidents []incident
}

type day struct {
	Date       date
	Minutes    map[status.Level]int
	NotWatched int `json:"not_watched"`
}

func (d day) status() history.DayStatus {
	return history.Day{Minutes: d.Minutes, NotWatched: d.NotWatched}.Status()
}

// date is midnight of a day in UTC.
type date struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (d *date) UnmarshalJSON(text []byte) (err error) {
	d.Time, err = time.Parse(`"`+time.DateOnly+`"`, string(text))
	return err
}

type incident struct {
	Type, State, Message string
	WorstLevel           status.Level `json:"worst_level"`
	StartedAt            *time.Time   `json:"started_at"`
	EndedAt              *time.Time   `json:"ended_at"`
	FirstSeenAt          *time.Time   `json:"first_seen_at"`
	LastSeenAt           *time.Time   `json:"last_seen_at"`
}

// ParseHistory parses a body of /api/history. It returns an error unless the
// days are consecutive and no more than history.MaxDays.
func ParseHistory(body []byte) (History, error) {
	var h History
	if err := json.Unmarshal(body, &h); err != nil {
		return h, errors.New("the response isn't a history of Backup Check")
	}
	for i, day := range h.Days {
		if i >= history.MaxDays || i > 0 && !day.Date.Equal(h.Days[i-1].Date.AddDate(0, 0, 1)) {
			return h, errors.New("the days of the history aren't consecutive")
		}
	}
	return h, nil
}

// Write writes the summary, a sign for each day, and a table of the incidents.
func (h History) Write(w io.Writer) error {
	t := terminal.Of(w)
	var b strings.Builder
	b.WriteString(terminal.Printable(h.Summary) + "\n")
	if len(h.Days) > 0 {
		b.WriteString("\n" + calendar(t, h.Days) + "\n" + legend(t, h.Days))
	}
	if len(h.Incidents) > 0 {
		b.WriteString("\n" + h.incidentTable(t))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
