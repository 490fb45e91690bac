package widget

import (
	"errors"
	"testing"
)

func TestMemo(t *testing.T) {
	m := memo[int, *int]{limit: 2}
	made := 0
	get := func(key int) *int {
		value, err := m.get(key, func() (*int, error) { made++; return new(int), nil })
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	if _, err := m.get(1, func() (*int, error) { return nil, errors.New("broken") }); err == nil {
		t.Error("an error isn't returned")
	}
	one := get(1)
	if get(2) == one || get(1) != one || made != 2 {
		t.Errorf("made %d values for two keys", made)
	}
	// A caller that comes while a value is made gets the same one.
	late := make(chan *int)
	other, _ := m.get(3, func() (*int, error) {
		go func() { late <- get(3) }()
		return new(int), nil
	})
	if <-late != other || get(3) != other {
		t.Error("callers have different values")
	}
	if len(m.made) > m.limit {
		t.Errorf("%d values are kept", len(m.made))
	}
	for key := range 100 {
		get(key)
	}
	if len(m.made) > m.limit {
		t.Errorf("%d values are kept", len(m.made))
	}
}
