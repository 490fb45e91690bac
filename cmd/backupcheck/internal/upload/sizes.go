package upload

import (
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/andybalholm/brotli"

	"backupcheck/cmd/backupcheck/internal/bundle"
)

// printSizes prints the sizes of the Worker's program and of the static files.
func printSizes(out io.Writer, edge []byte, assets bundle.Assets) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "file\tbytes\tgzip\tbrotli\t")
	row := func(name string, body []byte, brotli string) {
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\t\n", name, len(body), gzipSize(body), brotli)
	}
	row("app.wasm (edge)", edge, "") // uploaded with gzip, never downloaded
	for _, address := range assets.Paths() {
		body := assets.Files[address].Body
		row(address, body, fmt.Sprint(brotliSize(body)))
	}
	for _, name := range slices.Sorted(maps.Keys(assets.Bundle.Inline)) {
		body := []byte(assets.Bundle.Inline[name])
		row(name+" (inside)", body, fmt.Sprint(brotliSize(body)))
	}
	return table.Flush()
}

func gzipSize(data []byte) int { return len(bundle.Encode(data, "gzip", gzip.BestCompression)) }

func brotliSize(data []byte) int { return len(bundle.Encode(data, "br", brotli.BestCompression)) }
