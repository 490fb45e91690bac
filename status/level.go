package status

import "fmt"

// Level is the state of a service. The zero value is Unknown, so that a level
// that was never set doesn't count as healthy.
type Level uint8

const (
	// Unknown means that the status could not be read or understood, has no
	// row for the service, or is too old. It is never shown as healthy or down.
	Unknown Level = iota
	// Operational means that Apple reports no problem, which is less than
	// "everything works": Apple posts problems a median of 90 minutes late.
	Operational
	// Maintenance is announced work that is under way now.
	Maintenance
	// Degraded is an ongoing Issue or Performance event, or an ongoing event
	// of an unknown type.
	Degraded
	// Outage is an ongoing Outage event.
	Outage
)

// levels has the name and the severity of each Level. Unknown is more severe
// than Operational and Maintenance, as it may hide a problem, and less severe
// than a certain problem.
var levels = [...]struct {
	name     string
	severity int
}{
	Unknown:     {"unknown", 2},
	Operational: {"operational", 0},
	Maintenance: {"maintenance", 1},
	Degraded:    {"degraded", 3},
	Outage:      {"outage", 4},
}

// Down reports whether the service has a problem, which Apple's page shows as
// a yellow or red light. Degraded counts: of 38 recorded iCloud Backup
// incidents only three reached Outage.
func (l Level) Down() bool { return l == Degraded || l == Outage }

// Worse returns the more severe of two levels.
func Worse(a, b Level) Level {
	if levels[b].severity > levels[a].severity {
		return b
	}
	return a
}

// String returns the level's name, as the status endpoint writes it.
func (l Level) String() string { return levels[l].name }

// MarshalText implements encoding.TextMarshaler.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. An unknown name is an
// error.
func (l *Level) UnmarshalText(text []byte) error {
	for i := range levels {
		if levels[i].name == string(text) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("status: no level is called %q", text)
}
