package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// The native program runs where there is nothing else: in an empty root directory,
// as another user, without variables.
func TestNativeProgramRunsByItself(t *testing.T) {
	if testing.Short() || os.Geteuid() != 0 {
		t.Skip("it compiles everything, and only root can change the root directory")
	}
	root := t.TempDir()
	if r := call10m(t, "build", "-native", "-o", filepath.Join(root, "backupcheck")); r.code != 0 {
		t.Fatalf("%+v", r)
	}
	if left, err := filepath.Glob("internal/embedded/archive.bin"); err != nil || len(left) > 0 {
		t.Errorf("left in the checkout: %v, %v", left, err)
	}
	for _, dir := range []string{root, filepath.Dir(root)} {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	data := filepath.Join(root, "data")
	if err := os.Mkdir(data, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(data, 65532, 65532); err != nil {
		t.Fatal(err)
	}
	_, origin := simulateApple(t, "outage")
	cmd := exec.Command("/backupcheck", "serve", "-addr", "127.0.0.1:0", "-origin", origin, "-db", "/data/backupcheck.db", "-log", "json")
	cmd.Path, cmd.Dir, cmd.Env = "/backupcheck", "/", []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	out, errs := &output{wrote: make(chan struct{}, 1)}, &output{}
	cmd.Stdout, cmd.Stderr = out, errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	url := ""
	for deadline := time.Now().Add(patience); url == ""; time.Sleep(time.Millisecond) {
		if url = urlPattern.FindString(out.String()); time.Now().After(deadline) {
			t.Fatalf("it prints no address: %s %s", out, errs)
		}
	}
	described, err := exec.Command("git", "describe", "--tags", "--always", "--dirty", "--abbrev=12").Output()
	if _, live := fetch(t, url+"/livez"); err == nil && !strings.Contains(live, strings.TrimSpace(string(described))) {
		t.Errorf("the version isn't %s: %s", described, live)
	}
	_, page := fetch(t, url+"/widget")
	for _, pattern := range []string{`/assets/engine-[0-9a-f]+\.wasm`, `/assets/sequence-[0-9a-f]+\.js`, `/assets/qr-[0-9a-f]+\.js`} {
		address := regexp.MustCompile(pattern).FindString(page)
		if address == "" {
			t.Errorf("no %s in the widget", pattern)
			continue
		}
		_, plain := get(t, url+address, map[string]string{"Accept-Encoding": "identity"})
		_, small := get(t, url+address, map[string]string{"Accept-Encoding": "br"})
		_, zipped := get(t, url+address, map[string]string{"Accept-Encoding": "gzip"})
		unpacked, err := io.ReadAll(brotli.NewReader(strings.NewReader(small)))
		if err != nil || string(unpacked) != plain || len(small)*2 > len(plain) {
			t.Errorf("%s: %d bytes, %d as brotli (%v)", address, len(plain), len(small), err)
		}
		unzipper, err := gzip.NewReader(strings.NewReader(zipped))
		if err != nil {
			t.Fatal(err)
		}
		if unzipped, err := io.ReadAll(unzipper); err != nil || string(unzipped) != plain {
			t.Errorf("%s as gzip: %v", address, err)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v %s", err, errs)
	}
	if strings.Contains(errs.String(), "plain steps") || strings.Contains(errs.String(), `"level":"ERROR"`) {
		t.Errorf("the log: %s", errs)
	}
	if info, err := os.Stat(filepath.Join(data, "backupcheck.db")); err != nil || info.Size() == 0 {
		t.Errorf("the history: %v", err)
	}
}

// call10m is call with time for compiling.
func call10m(t *testing.T, args ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	var out, err bytes.Buffer
	code := run(ctx, args, streams{strings.NewReader(""), &out, &err})
	return result{code, out.String(), err.String()}
}

func TestBuildWithoutPackagesOfNpmFailsWithASentence(t *testing.T) {
	if testing.Short() {
		t.Skip("it copies the checkout")
	}
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		copyFile(t, filepath.Join("..", "..", name), filepath.Join(dir, name))
	}
	t.Chdir(dir)
	for _, args := range [][]string{{"build", "-o", "out"}, {"build", "-native", "-o", "out"}} {
		r := call(t, "", args...)
		if r.code != 1 || r.out != "" || !strings.Contains(r.err, "run npm ci first") {
			t.Errorf("%v: %+v", args, r)
		}
		checkSentence(t, r.err)
		if _, err := os.Stat("out"); err == nil {
			t.Errorf("%v has written something", args)
		}
	}
}
