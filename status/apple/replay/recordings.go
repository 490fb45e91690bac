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

// Recording is the body of one feed, which is served unchanged.
type Recording struct {
	Name string
	Body []byte
}

// Load reads recordings from files and folders, in the order of its arguments.
// From a folder it reads every *.js and *.json below it, in order of name. A
// recording's name is the path relative to the folder, or the base name of a
// file. A path that can't be read and a folder without recordings are errors,
// which contain the path.
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

// feedsBelow returns the slash-separated paths of the feeds in a folder, relative
// to it.
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

// distinct returns the recordings with unique names that no scenario has.
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
