package widget

import "sync"

// memo keeps what is made for keys. At its limit it forgets all.
type memo[K comparable, V any] struct {
	limit int
	mu    sync.Mutex
	made  map[K]V
}

// get returns what was made for key, or makes it. Two callers may make it at the
// same time; all get the same. What can't be made isn't kept.
func (m *memo[K, V]) get(key K, make func() (V, error)) (V, error) {
	m.mu.Lock()
	found, ok := m.made[key]
	m.mu.Unlock()
	if ok {
		return found, nil
	}
	value, err := make()
	if err != nil {
		return value, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if found, ok := m.made[key]; ok {
		return found, nil
	}
	if m.made == nil || len(m.made) >= m.limit {
		m.made = map[K]V{}
	}
	m.made[key] = value
	return value, nil
}
