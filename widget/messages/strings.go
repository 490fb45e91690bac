package messages

// Package strings would add 5 KB to the module that readers download, so the
// few functions that are needed are here.

// index returns where part, which isn't empty, begins in s, -1 if nowhere.
func index(s, part string) int {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i] == part[0] && s[i:i+len(part)] == part {
			return i
		}
	}
	return -1
}

func cut(s, separator string) (before, after string, found bool) {
	if i := index(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return s, "", false
}

func cutPrefix(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return s, false
	}
	return s[len(prefix):], true
}

func cutSuffix(s, suffix string) (rest string, found bool) {
	n := len(s) - len(suffix)
	if n < 0 || s[n:] != suffix {
		return s, false
	}
	return s[:n], true
}

// next returns what is before and after a separator; all of s if it has none.
func next(s string, separator byte) (part, rest string) {
	for i := range len(s) {
		if s[i] == separator {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
