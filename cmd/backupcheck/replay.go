package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"

	"backupcheck/status"
	"backupcheck/status/apple/replay"
)

const replayUsage = `
Usage: backupcheck replay [-addr ADDRESS] [-every TIME] [DIR|FILE…]

Stands in for Apple's System Status site: plays the recorded feeds that are
given, or scenarios of its own, and fails in the ways that Apple may. What it
shows is chosen at /_replay/, in a browser or by tools.

Point the Worker at it with APPLE_ORIGIN, and the program with -origin.
`

func playApple(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:9797", "listen at this `address`, on loopback")
	every := flags.Duration("every", 0, "go on to the next recording after this `time`")
	service := flags.String("service", status.ServiceName, "`name` of the row that scenarios are about")
	if code, ok := parse(flags, args, s, replayUsage); !ok {
		return code
	}
	host, _, err := net.SplitHostPort(*addr)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return s.fail(exitUsage, "-addr needs a loopback address such as 127.0.0.1:9797, not %q", *addr)
	}
	if *every < 0 {
		return s.fail(exitUsage, "-every needs a time such as 10s, not %v", *every)
	}
	var recordings []replay.Recording
	if flags.NArg() > 0 {
		if recordings, err = replay.Load(flags.Args()...); err != nil {
			return s.fail(1, "%v", err)
		}
		if len(recordings) == 0 {
			return s.fail(1, "there is no .js or .json file in %v", flags.Args())
		}
	}
	handler := replay.New(replay.Options{Recordings: recordings, Service: *service, Every: *every})
	endless := ordinary
	endless.write = 0 // some faults never end
	return listen(ctx, s, *addr, endless, handler, func(url string) {
		fmt.Fprintf(s.out, "Apple is played at %s\nChoose what it shows at %s/_replay/\n", url, url)
	})
}

var _ http.Handler = (*replay.Server)(nil)
