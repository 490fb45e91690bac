package replay

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Recording is the body of one feed, played back byte for byte.
type Recording struct {
	Name string
	Body []byte
}

// Load reads recordings from files and from folders, in the order of its
// arguments. A folder gives every *.js and *.json below it, in order of name;
// these are called by their path inside the folder, a file by its base name.
// A path that can't be read, or a folder without recordings, is an error that
// names it.
func Load(paths ...string) ([]Recording, error) {
	var all []Recording
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("load recordings: %w", err)
		}
		folder, names := filepath.Dir(p), []string{filepath.Base(p)}
		if info.IsDir() {
			folder = p
			if names, err = feedsBelow(p); err != nil {
				return nil, fmt.Errorf("load recordings from %s: %w", p, err)
			}
		}
		for _, name := range names {
			body, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
			if err != nil {
				return nil, fmt.Errorf("load recordings: %w", err)
			}
			all = append(all, Recording{Name: name, Body: body})
		}
	}
	return all, nil
}

// feedsBelow lists the feed files in a folder by their slash-separated paths
// inside it.
func feedsBelow(folder string) ([]string, error) {
	var names []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ext := strings.ToLower(path.Ext(name)); !d.IsDir() && (ext == ".js" || ext == ".json") {
			names = append(names, name)
		}
		return nil
	})
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no *.js or *.json in it")
	}
	slices.Sort(names)
	return names, err
}

// distinct returns the recordings with names that differ from each other and
// from those of the scenarios, so that each can be asked for.
func distinct(recordings []Recording) []Recording {
	taken := map[string]bool{}
	for _, sc := range scenarios {
		taken[sc.name] = true
	}
	out := slices.Clone(recordings)
	for i := range out {
		name := out[i].Name
		for n := 2; taken[out[i].Name]; n++ {
			out[i].Name = fmt.Sprintf("%s (%d)", name, n)
		}
		taken[out[i].Name] = true
	}
	return out
}
