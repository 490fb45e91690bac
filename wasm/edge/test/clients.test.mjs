// @ts-check
// A third-party client of Statuspage reads the Worker's Statuspage endpoints.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Statuspage } from "statuspage.io";
import { build, eventually, playApple, status, workerd } from "./harness.mjs";

/**
 * What the client reads in each scenario: the page's indicator, the component's
 * status, and name, status and impact of the ongoing and upcoming events.
 * @type {Record<string, {indicator: string, component: string, incidents: string[], maintenances: string[]}>}
 */
const scenarios = {
  fine: { indicator: "none", component: "operational", incidents: [], maintenances: [] },
  performance: {
    indicator: "major",
    component: "partial_outage",
    incidents: ["Problem with iCloud Backup|investigating|major"],
    maintenances: [],
  },
  issue: {
    indicator: "major",
    component: "partial_outage",
    incidents: ["Problem with iCloud Backup, Photos|investigating|major"],
    maintenances: [],
  },
  outage: {
    indicator: "critical",
    component: "major_outage",
    incidents: ["Problem with iCloud Backup, Photos, iCloud Drive|investigating|critical"],
    maintenances: [],
  },
  maintenance: {
    indicator: "maintenance",
    component: "under_maintenance",
    incidents: [],
    maintenances: ["Maintenance of iCloud Backup|in_progress|maintenance"],
  },
  upcoming: {
    indicator: "none",
    component: "operational",
    incidents: [],
    maintenances: ["Maintenance of iCloud Backup|scheduled|maintenance"],
  },
  recovered: { indicator: "none", component: "operational", incidents: [], maintenances: [] },
  "sign-in": {
    indicator: "none",
    component: "operational",
    incidents: [], // of another service alone
    maintenances: [],
  },
  storage: { indicator: "none", component: "operational", incidents: [], maintenances: [] },
};

/** @param {{name: string, status: string, impact: string}[]} events */
const describeEvents = (events) => events.map((e) => `${e.name}|${e.status}|${e.impact}`);

describe("npm statuspage.io", () => {
  /** @type {Awaited<ReturnType<typeof playApple>>} */
  let apple;
  /** @type {Awaited<ReturnType<typeof workerd>>} */
  let worker;
  /** @type {Statuspage} */
  let client;
  before(async () => {
    apple = await playApple();
    worker = await workerd(build().dir, { APPLE_ORIGIN: apple.origin, REFRESH_SECONDS: "0.2" });
    client = new Statuspage("page");
    client.setApiUrl(worker.origin);
  });
  after(() => Promise.all([worker.stop(), apple.stop()]));

  /**
   * @param {string} page
   * @returns {Promise<import("statuspage.io").ScheduledMaintenance[]>}
   */
  const maintenances = async (page) =>
    /** @type {any} */ (await (await fetch(`${worker.origin}/api/v2/${page}.json`)).json()).scheduled_maintenances;

  for (const [scenario, want] of Object.entries(scenarios)) {
    test(`reads every endpoint in scenario ${scenario}`, async () => {
      await apple.show(scenario);
      await eventually(
        async () => {
          const summary = await client.api.getSummary();
          assert.equal(summary.status.indicator, want.indicator);
          assert.deepEqual(
            [describeEvents(summary.incidents), describeEvents(summary.scheduled_maintenances)],
            [want.incidents, want.maintenances],
          );
          return true;
        },
        5_000,
        scenario,
      );
      const { summary } = /** @type {{summary: string}} */ (await status(worker.origin));
      assert.deepEqual((await client.api.getStatus()).status, { indicator: want.indicator, description: summary });

      const { page, components } = await client.api.getComponents();
      assert.ok(Math.abs(Date.now() - Date.parse(page.updated_at)) < 60_000, page.updated_at);
      assert.deepEqual(
        [components[0].name, components[0].status, components.length],
        ["iCloud Backup", want.component, 17],
      );
      for (const component of components) {
        assert.equal(component.page_id, page.id);
        assert.ok(Date.parse(component.created_at) <= Date.parse(component.updated_at));
      }

      const { incidents: all } = await client.api.incidents.getAll();
      const { incidents: unresolved } = await client.api.incidents.getUnresolved();
      assert.deepEqual(describeEvents(unresolved), want.incidents);
      /** The library's type lacks them. @param {any} incident */
      const own = ({ components }) => components[0].name === "iCloud Backup";
      assert.deepEqual(
        all.filter((i) => i.status !== "resolved" && own(i)),
        unresolved,
      );
      assert.equal(all.length > unresolved.length || scenario !== "sign-in", true);
      // Incidents of earlier scenarios are over as well.
      const over = describeEvents(all).filter((i) => i.includes("|resolved|"));
      if (scenario === "recovered")
        assert.ok(
          over.some((i) => i.startsWith("Problem with iCloud Backup")),
          over.join(),
        );
      for (const incident of all) {
        assert.equal(incident.resolved_at !== null, incident.status === "resolved");
        assert.ok(Date.parse(incident.created_at) <= Date.parse(incident.updated_at), incident.created_at);
        assert.ok(incident.incident_updates[0].body.length > 0);
      }

      // The client requests the upcoming maintenances for all three lists, so
      // the other two are fetched here.
      const { scheduled_maintenances: upcoming } = await client.api.scheduledMaintenances.getUpcoming();
      const active = await maintenances("scheduled-maintenances/active");
      const planned = (await maintenances("scheduled-maintenances")).filter((m) => m.status !== "completed");
      assert.deepEqual(
        describeEvents(upcoming),
        want.maintenances.filter((m) => m.includes("|scheduled|")),
      );
      assert.deepEqual(
        describeEvents(active),
        want.maintenances.filter((m) => m.includes("|in_progress|")),
      );
      assert.deepEqual(describeEvents(planned), want.maintenances);
      for (const m of planned) assert.ok(Date.parse(m.scheduled_for) < Date.parse(m.scheduled_until));
    });
  }

  test("an unknown status is neither operational nor down", async () => {
    const own = await playApple();
    await own.fault("500");
    const cold = await workerd(build().dir, { APPLE_ORIGIN: own.origin });
    try {
      const unknown = new Statuspage("page");
      unknown.setApiUrl(cold.origin);
      assert.deepEqual((await unknown.api.getStatus()).status, {
        indicator: "minor",
        description: "Apple's status of iCloud Backup couldn't be checked.",
      });
      const summary = await unknown.api.getSummary();
      assert.equal(summary.page.updated_at, null);
      assert.equal(summary.components.length, 17);
      for (const component of summary.components) {
        assert.equal(component.status, "degraded_performance");
        assert.equal(component.description, `Apple's status of ${component.name} couldn't be checked.`);
      }
      for (const list of [
        summary.incidents,
        summary.scheduled_maintenances,
        (await unknown.api.incidents.getAll()).incidents,
      ]) {
        assert.deepEqual(list, []);
      }
    } finally {
      await Promise.all([cold.stop(), own.stop()]);
    }
  });
});
