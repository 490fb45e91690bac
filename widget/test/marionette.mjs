// @ts-check
// A WebDriver server in front of Firefox, since Debian has no package of
// geckodriver. Firefox speaks Marionette, which has WebDriver's commands under
// names of its own, over a TCP connection.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { scratch, start } from "../../wasm/edge/test/harness.mjs";

/**
 * @typedef {Record<string, string | number | boolean>} Preferences
 * @typedef {Record<string, any>} Parameters
 */

/**
 * Firefox sends nothing of its own, and shows nothing of its own. Most services
 * are off as soon as Marionette listens; these would be faster.
 * @type {Preferences}
 */
const QUIET = {
  "app.normandy.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "devtools.jsonview.enabled": false,
  "dom.security.https_first": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "startup.homepage_welcome_url": "",
  "toolkit.telemetry.enabled": false,
  "toolkit.telemetry.server": "",
};

/** Without it a window is at least 450 pixels wide. */
const NARROW = ":root { min-width: 0 !important; min-height: 0 !important }";

/** What Firefox writes when it accepts connections. */
const LISTENING = /Marionette\s+INFO\s+Listening on port (\d+)/;

/**
 * Starts a Firefox with a profile of its own, and a WebDriver server for it.
 * @param {string} program
 * @param {Preferences} preferences
 */
export async function openMarionette(program, preferences) {
  const profile = mkdtempSync(join(scratch, "firefox-"));
  const all = {
    ...QUIET,
    "marionette.port": 0, // any that is free
    "toolkit.legacyUserProfileCustomizations.stylesheets": true,
    ...preferences,
  };
  const lines = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  mkdirSync(join(profile, "chrome"));
  writeFileSync(join(profile, "chrome", "userChrome.css"), NARROW);

  const args = ["--marionette", "--headless", "--no-remote", "--profile", profile];
  const env = {
    HOME: profile,
    MOZ_CRASHREPORTER_DISABLE: "1",
    MOZ_REMOTE_SETTINGS_DEVTOOLS: "1", // without it, the settings' server can't be replaced
  };
  const firefox = await start(program, args, LISTENING, { env }).catch((error) => {
    throw new Error(`Firefox can't be started: ${error.message}`);
  });
  try {
    const port = Number(LISTENING.exec(firefox.output)?.[1]);
    const marionette = await connectTo(port);
    const server = await serve(marionette.send);
    return {
      origin: server.origin,
      async stop() {
        server.close();
        marionette.close();
        await firefox.stop();
      },
    };
  } catch (error) {
    await firefox.stop();
    throw error;
  }
}

/**
 * Connects to Marionette. Each message is its length in bytes, a colon and JSON:
 * [0, id, command, parameters] for a command, [1, id, error, result] for its
 * response. Before all others comes a greeting.
 * @param {number} port
 */
async function connectTo(port) {
  /** @type {Map<number, {done: (result: any) => void, failed: (error: any) => void}>} */
  const waiting = new Map();
  /** @type {Buffer} */
  let received = Buffer.alloc(0);
  let commands = 0;
  const socket = connect(port, "127.0.0.1");

  function* messages() {
    for (;;) {
      const colon = received.indexOf(":");
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon < 0 || received.length < end) return;
      yield JSON.parse(received.subarray(colon + 1, end).toString());
      received = received.subarray(end);
    }
  }
  const lost = { error: "unknown error", message: "Firefox has ended" };
  socket.on("close", () => {
    for (const { failed } of waiting.values()) failed(lost);
  });
  await new Promise((done, failed) => {
    socket
      .on("error", failed)
      .on("close", failed)
      .on("data", (/** @type {Buffer} */ data) => {
        received = Buffer.concat([received, data]);
        for (const message of messages()) {
          if (!Array.isArray(message)) {
            done(message);
            continue;
          }
          const [, id, error, result] = message;
          if (error) waiting.get(id)?.failed(error);
          else waiting.get(id)?.done(result);
          waiting.delete(id);
        }
      });
  });
  return {
    /** @param {string} command @param {Parameters} parameters @returns {Promise<any>} */
    send: (command, parameters) =>
      new Promise((done, failed) => {
        if (socket.destroyed) return failed(lost);
        waiting.set(++commands, { done, failed });
        const message = JSON.stringify([0, commands, `WebDriver:${command}`, parameters]);
        socket.write(`${Buffer.byteLength(message)}:${message}`);
      }),
    close: () => socket.destroy(),
  };
}

/**
 * Marionette's command for each of WebDriver's. The parts in braces are its parameters.
 * @type {Record<string, string>}
 */
const COMMANDS = {
  "GET /timeouts": "GetTimeouts",
  "POST /timeouts": "SetTimeouts",
  "POST /url": "Navigate",
  "GET /url": "GetCurrentURL",
  "POST /back": "Back",
  "POST /forward": "Forward",
  "POST /refresh": "Refresh",
  "GET /title": "GetTitle",
  "GET /source": "GetPageSource",
  "GET /window": "GetWindowHandle",
  "POST /window": "SwitchToWindow",
  "DELETE /window": "CloseWindow",
  "GET /window/handles": "GetWindowHandles",
  "POST /window/new": "NewWindow",
  "GET /window/rect": "GetWindowRect",
  "POST /window/rect": "SetWindowRect",
  "POST /frame": "SwitchToFrame",
  "POST /frame/parent": "SwitchToParentFrame",
  "GET /element/active": "GetActiveElement",
  "POST /element": "FindElement",
  "POST /elements": "FindElements",
  "POST /element/{element}/element": "FindElement",
  "POST /element/{element}/elements": "FindElements",
  "POST /element/{id}/click": "ElementClick",
  "POST /element/{id}/clear": "ElementClear",
  "POST /element/{id}/value": "ElementSendKeys",
  "GET /element/{id}/text": "GetElementText",
  "GET /element/{id}/name": "GetElementTagName",
  "GET /element/{id}/rect": "GetElementRect",
  "GET /element/{id}/enabled": "IsElementEnabled",
  "GET /element/{id}/selected": "IsElementSelected",
  "GET /element/{id}/displayed": "IsElementDisplayed",
  "GET /element/{id}/shadow": "GetShadowRoot",
  "GET /element/{id}/computedrole": "GetComputedRole",
  "GET /element/{id}/computedlabel": "GetComputedLabel",
  "GET /element/{id}/attribute/{name}": "GetElementAttribute",
  "GET /element/{id}/property/{name}": "GetElementProperty",
  "GET /element/{id}/css/{propertyName}": "GetElementCSSValue",
  "GET /element/{id}/screenshot": "TakeScreenshot",
  "POST /shadow/{shadowRoot}/element": "FindElementFromShadowRoot",
  "POST /shadow/{shadowRoot}/elements": "FindElementsFromShadowRoot",
  "GET /screenshot": "TakeScreenshot",
  "POST /execute/sync": "ExecuteScript",
  "POST /execute/async": "ExecuteAsyncScript",
  "POST /actions": "PerformActions",
  "DELETE /actions": "ReleaseActions",
  "GET /cookie": "GetCookies",
  "POST /cookie": "AddCookie",
  "DELETE /cookie": "DeleteAllCookies",
  "POST /alert/accept": "AcceptAlert",
  "POST /alert/dismiss": "DismissAlert",
  "GET /alert/text": "GetAlertText",
  "POST /print": "Print",
};
const routes = Object.entries(COMMANDS).map(([route, command]) => ({
  pattern: new RegExp(`^${route.replace(/{(\w+)}/g, "(?<$1>[^/]+)")}$`),
  command,
}));

/** Where parameters differ. @type {Record<string, (parameters: Parameters) => Parameters>} */
const DIFFERENT = {
  SwitchToFrame: ({ id }) => (id instanceof Object ? { element: Object.values(id)[0] } : { id }),
  TakeScreenshot: ({ id }) => ({ id, full: false }),
  ExecuteScript: inPage,
  ExecuteAsyncScript: inPage,
};

/**
 * Marionette runs scripts in a sandbox, which has a Date, a Promise and so on of
 * its own. Other drivers' scripts find the page's, and can replace them.
 * @param {Parameters} parameters
 */
function inPage({ script, args }) {
  return { script: `with (window) return (function () {\n${script}\n}).apply(null, arguments)`, args };
}

/**
 * Serves WebDriver for the one session that a Firefox can have.
 * @param {(command: string, parameters: Parameters) => Promise<any>} send
 */
async function serve(send) {
  /** @param {string} route @param {Parameters} parameters */
  async function perform(route, parameters) {
    if (route === "POST /session") return send("NewSession", parameters.capabilities?.alwaysMatch ?? {});
    const session = /^(\w+) \/session\/[^/]+(.*)$/.exec(route);
    const asked = session ? `${session[1]} ${session[2]}` : route;
    if (asked === "DELETE ") return send("DeleteSession", {});
    for (const { pattern, command } of routes) {
      const found = pattern.exec(asked);
      if (!found) continue;
      const named = { ...parameters, ...found.groups };
      const result = await send(command, DIFFERENT[command]?.(named) ?? named);
      const wrapped = result instanceof Object && Object.keys(result).join() === "value";
      return wrapped ? result.value : result;
    }
    throw { error: "unknown command", message: route };
  }
  const server = createServer(async (request, response) => {
    let status = 200,
      value;
    try {
      const body = await text(request);
      value = await perform(`${request.method} ${request.url}`, body ? JSON.parse(body) : {});
    } catch (error) {
      status = 500;
      value = { message: String(error), error: "unknown error", stacktrace: "", .../** @type {object} */ (error) };
    }
    response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
    response.end(JSON.stringify({ value: value ?? null }));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  return {
    origin: `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
