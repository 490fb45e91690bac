package widget

import "sync"

// memo caches values by key. When it is full, it removes all of them.
type memo[K comparable, V any] struct {
	limit int
	mu    sync.Mutex
	made  map[K]V
}

// get returns the value of key, and calls make for it if it isn't cached. Errors
// aren't cached. Other callers wait meanwhile, so make must not call get.
func (m *memo[K, V]) get(key K, make func() (V, error)) (V, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if found, ok := m.made[key]; ok {
		return found, nil
	}
	value, err := make()
	if err != nil {
		return value, err
	}
	if m.made == nil || len(m.made) >= m.limit {
		m.made = map[K]V{}
	}
	m.made[key] = value
	return value, nil
}
