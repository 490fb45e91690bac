// @ts-check
// The programs and fonts that the browser tests need, by Debian package.
//
//   node widget/test/requirements.mjs
//
// lists missing ones and fails. With BACKUPCHECK_INSTALL=1, as `npm test`
// sets it, it installs the packages instead, as root and where apt-get is.
// With the argument wordpress, those of the tests in hosts are needed, too.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The path of a program; "" if there is none. @param {string} name */
export function find(name) {
  try {
    return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** WebKitGTK's browser. Debian has it in a folder named after processor and version. */
export function miniBrowser() {
  for (const library of ["/usr/lib", "/usr/libexec", "/usr/lib64"]) {
    if (!existsSync(library)) continue;
    for (const folder of [".", ...readdirSync(library).filter((name) => name.endsWith("-linux-gnu"))]) {
      for (const version of ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]) {
        const path = join(library, folder, version, "MiniBrowser");
        if (existsSync(path)) return path;
      }
    }
  }
  return "";
}

export const chromium = () => find("chromium") || find("chromium-browser") || find("google-chrome");
export const chromeDriver = () => find("chromedriver");
export const firefox = () => find("firefox-esr") || find("firefox");

/** Whether a font has the letters of a language. @param {string} language */
const hasFont = (language) =>
  find("fc-list") && execFileSync("fc-list", [`:lang=${language}`, "file"], { encoding: "utf8" }).includes("Noto");

/**
 * How to find the program of each engine's packages, and those of WordPress.
 * @type {Record<string, Record<string, () => string | boolean>>}
 */
const packages = {
  wordpress: {
    wordpress: () => existsSync("/usr/share/wordpress/wp-load.php"),
    "wordpress-theme-twentytwentythree": () => existsSync("/usr/share/wordpress/wp-content/themes/twentytwentythree"),
    "php-cli": () => find("php"),
    "mariadb-server-core": () => find("mariadbd"),
  },
  chromium: {
    chromium,
    "chromium-driver": chromeDriver,
    fontconfig: () => find("fc-list"),
    "fonts-noto-cjk": () => hasFont("ja") && hasFont("ko"),
    "fonts-noto-core": () => hasFont("ar"),
    "poppler-utils": () => find("pdftotext"),
  },
  webkit: {
    "webkit2gtk-driver": () => find("WebKitWebDriver") && miniBrowser(),
    xvfb: () => find("Xvfb"),
    xauth: () => find("xauth"),
  },
  firefox: { "firefox-esr": firefox },
};

/** The Debian packages that are missing. @param {string[]} engines */
const missing = (engines) =>
  engines.flatMap((engine) =>
    Object.entries(packages[engine] ?? {})
      .filter(([, program]) => !program())
      .map(([name]) => name),
  );

/** Fails with the command to run if an engine's programs are missing. @param {string[]} engines */
export function requireEngines(engines) {
  const names = missing(engines);
  if (names.length)
    throw new Error(
      `The browser tests need ${names.join(", ")}. On Debian or Ubuntu: sudo apt-get install ${names.join(" ")}`,
    );
}

/** @param {string[]} names */
function install(names) {
  console.error(`Installing by apt-get what the browser tests need: ${names.join(", ")}`);
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...names]])
    execFileSync("apt-get", ["-qq", ...args], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = Object.keys(packages).filter((name) => name !== "wordpress" || process.argv[2] === name);
  try {
    const allowed = process.env.BACKUPCHECK_INSTALL === "1" && process.getuid?.() === 0 && find("apt-get");
    const names = missing(wanted);
    if (allowed && names.length) install(names);
    requireEngines(wanted);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
