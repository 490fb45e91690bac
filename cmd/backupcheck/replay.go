package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"

	"backupcheck/cmd/backupcheck/internal/server"
	"backupcheck/status"
	"backupcheck/status/apple/replay"
)

const replayUsage = `
Usage: backupcheck replay [-addr ADDRESS] [-every TIME] [DIR|FILE…]

Simulates Apple's System Status site on loopback: it serves recorded feeds, or
scenarios of its own if none are given, and can fail in the ways that Apple may.
Choose what it serves at /_replay/, in a browser or by tools.

Make the Worker read it with APPLE_ORIGIN, and this program with -origin.
`

func replayApple(ctx context.Context, args []string, s streams) int {
	flags := flag.NewFlagSet("replay", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:9797", "listen at this `address`, on loopback")
	every := flags.Duration("every", 0, "advance to the next recording after this `time`")
	service := flags.String("service", status.ServiceName, "`name` of the service in the scenarios")
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
	limits := server.DefaultLimits
	limits.Write = 0 // some faults send a response without an end
	err = server.Listen(ctx, *addr, limits, handler, slog.NewTextHandler(s.err, nil), func(url string) {
		fmt.Fprintf(s.out, "The simulated Apple listens at %s\nChoose what it serves at %s/_replay/\n", url, url)
	})
	if err != nil {
		return s.fail(1, "%v", err)
	}
	return 0
}
