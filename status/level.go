package status

import "fmt"

// Level says how a service does. The zero value is Unknown, so that nothing
// forgotten is ever taken for healthy.
type Level uint8

const (
	// Unknown could not be read, is not understood, lacks its row or is too
	// old. It is never shown as healthy and never as down.
	Unknown Level = iota
	// Operational means that Apple reports no problem, which is less than
	// "everything works": Apple posts problems a median of 90 minutes late.
	Operational
	// Maintenance is announced work that is under way now.
	Maintenance
	// Degraded is an ongoing Issue or Performance event, or one of a type
	// that is not known here.
	Degraded
	// Outage is an ongoing Outage event.
	Outage
)

// levels gives each Level its word and its severity. Unknown outranks
// Operational and Maintenance: what is not understood may be worse than they
// are, but a problem that is certain counts more than one that is possible.
var levels = [...]struct {
	word     string
	severity int
}{
	Unknown:     {"unknown", 2},
	Operational: {"operational", 0},
	Maintenance: {"maintenance", 1},
	Degraded:    {"degraded", 3},
	Outage:      {"outage", 4},
}

// Down reports whether the service has a problem: the yellow or the red light
// of Apple's page. Of 38 recorded iCloud Backup incidents only three reached
// Outage, so Degraded counts.
func (l Level) Down() bool { return l == Degraded || l == Outage }

// Worse returns the more severe of two levels.
func Worse(a, b Level) Level {
	if levels[b].severity > levels[a].severity {
		return b
	}
	return a
}

// String returns the level's word in the status endpoint.
func (l Level) String() string { return levels[l].word }

// MarshalText implements encoding.TextMarshaler.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. A word that is not known
// is an error.
func (l *Level) UnmarshalText(text []byte) error {
	for i := range levels {
		if levels[i].word == string(text) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("status: no level is called %q", text)
}
