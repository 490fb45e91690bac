package icloudbackup

import (
	"slices"
	"testing"

	"backupcheck/widget/sequence"
)

// shown is a screen with the facts that hold on it, of those that a proof is
// about.
type shown struct {
	node  sequence.Place
	facts sequence.Fact
}

// screens returns every pair of a screen and facts that any path can have,
// whatever Apple reports and whenever that changes, and more: it forgets which
// nodes were answered and in which order the others come. So what holds on all of
// them holds on every path. The graph has too many paths to walk them all.
func screens(about sequence.Fact) map[shown]bool {
	var anywhere []sequence.Place // that can follow an answer that leads nowhere itself
	anywhere = append(append(anywhere, graph.Order...), graph.End)
	for _, n := range graph.Nodes {
		for _, c := range n.Choices {
			anywhere = append(anywhere, c.Priority...)
		}
	}
	slices.Sort(anywhere)
	anywhere = slices.Compact(anywhere)
	allowed := func(need, not, facts sequence.Fact) bool { return need&about&^facts == 0 && not&facts == 0 }
	shows := func(node sequence.Place, facts sequence.Fact) bool {
		c := graph.Nodes[node].If
		return c == nil || allowed(c.Need, c.Not, facts)
	}
	all, open := map[shown]bool{}, []shown{{}}
	found := map[shown]bool{{}: true} // by the node to be answered, which its gate may be shown before
	add := func(node sequence.Place, facts sequence.Fact) {
		if s := (shown{node, facts}); shows(node, facts) && !found[s] {
			found[s] = true
			open = append(open, s)
		}
	}
	next := func(facts sequence.Fact) {
		for _, node := range anywhere {
			if n := graph.Nodes[node]; allowed(n.Need, n.Not, facts) {
				add(node, facts)
			}
		}
	}
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		visible := []sequence.Place{at.node}
		if before := graph.Nodes[at.node].Before; before != 0 {
			visible = append(visible, before)
		}
		next(at.facts) // a held step is left, or the verdict changes
		for _, node := range visible {
			all[shown{node, at.facts}] = true
			for _, c := range graph.Nodes[node].Choices {
				facts := (at.facts&^c.Clear | c.Set) & about
				if c.Stay {
					add(at.node, facts)
					continue
				}
				if c.To != 0 {
					add(c.To, facts)
				}
				if then := graph.Nodes[at.node].Then; then != nil && allowed(then.If.Need, then.If.Not, facts) {
					add(then.To, facts)
				}
				next(facts)
			}
		}
	}
	return all
}

// never reports the screens on which the facts are wrong.
func never(t *testing.T, about sequence.Fact, nodes []sequence.Place, wrong func(facts sequence.Fact) bool) {
	t.Helper()
	seen := 0
	for s := range screens(about) {
		if !slices.Contains(nodes, s.node) {
			continue
		}
		if seen++; wrong(s.facts) {
			t.Errorf("%s is shown with the facts %b", graph.Nodes[s.node].ID, s.facts)
		}
	}
	if seen < len(nodes) {
		t.Errorf("only %d screens were checked", seen)
	}
}

var (
	trims = steps{beforeTrimApps, trimApps, beforeTrimMessages, trimMessages, beforeTrimFiles, trimFiles, beforeTrimOldBackups, trimOldBackups,
		beforeTrimPhotos, trimPhotos, beforeDeleteUnfinished, deleteUnfinished}
	resets = steps{beforeBrokenApps, brokenApps, beforeDeleteBackup, deleteBackup, beforeResetNetwork, resetNetwork, beforeSignOut, signOut}
	// These three a reader reaches only by an answer that asks for them: the
	// backup that is to come back is there, the computer asks for a password that
	// nobody knows, and a restore that never ends has brought everything.
	askedFor = map[sequence.Place]string{restoreBackup: "found", backupPassword: "password", stopRestore: "stop"}
)

func TestNothingIsDeletedBeforeBackUpNowFailedOrTheMessageNamesTheStorage(t *testing.T) {
	never(t, tried|mayTrim|wantsRoom, trims, func(facts sequence.Fact) bool { return facts&(tried|mayTrim) == 0 })
	never(t, tried|hasComputer|failsAnywhere, resets, func(facts sequence.Fact) bool { return facts&tried == 0 })
	for i, n := range graph.Nodes {
		place := sequence.Place(i)
		if n.Risk != destructive || slices.Contains(trims, place) || slices.Contains(resets, place) {
			continue
		}
		if askedFor[place] == "" || slices.Contains(order, place) {
			t.Errorf("%s is destructive, and no proof is about it", n.ID)
		}
		for _, from := range graph.Nodes {
			for _, c := range from.Choices {
				if c.To == place && c.ID != askedFor[place] || slices.Contains(c.Priority, place) {
					t.Errorf("%s of %s leads to %s", c.ID, from.ID, n.ID)
				}
			}
		}
	}
}

func TestNothingIsDeletedForRoomAfterANetworkMessageOrWithoutNumbers(t *testing.T) {
	never(t, network|unsure|mayTrim, trims, func(facts sequence.Fact) bool { return facts&(network|unsure) != 0 })
}

func TestABackupOfANewerIOSIsNeverDeleted(t *testing.T) {
	never(t, newerIOS|tried, steps{beforeDeleteBackup, deleteBackup}, func(facts sequence.Fact) bool { return facts&newerIOS != 0 })
}

func TestABackupToBeRestoredIsNotReplaced(t *testing.T) {
	never(t, toRestore|tried, steps{backUpNow, beforeDeleteBackup, deleteBackup}, func(facts sequence.Fact) bool { return facts&toRestore != 0 })
}

func TestWhatIsGrayIsNeverToBeTurnedOn(t *testing.T) {
	never(t, gray, steps{backupOn}, func(facts sequence.Fact) bool { return facts&gray != 0 })
}

func TestUpdateComesAfterTheQuestionForABackup(t *testing.T) {
	never(t, mayUpdate|needsCopy, steps{update}, func(facts sequence.Fact) bool { return facts&mayUpdate == 0 })
	// The question is passed over only if the answer is known.
	known := copyAsked | hasComputer | madeOne
	for _, n := range graph.Nodes {
		for _, c := range n.Choices {
			if c.Set&mayUpdate != 0 && c.Set&known == 0 && c.ID != "recent" && c.ID != "has-date" {
				t.Errorf("%s of %s says nothing of a backup", c.ID, n.ID)
			}
		}
	}
}

func TestSigningOutIsNeverOfferedWhereItCantBeUndone(t *testing.T) {
	never(t, named|managed|tried, steps{beforeSignOut, signOut}, func(facts sequence.Fact) bool { return facts&(named|managed) != 0 })
	never(t, managed|tried, steps{beforeResetNetwork, resetNetwork}, func(facts sequence.Fact) bool { return facts&managed != 0 })
}

func TestGraphHasNoProblems(t *testing.T) {
	for _, p := range graph.Problems() {
		t.Error(p)
	}
}
