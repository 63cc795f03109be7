// Keeps the page for when there is no network. `cargo xtask bundle` fills in the version, which follows from what all of
// the files hold, and the files.
const VERSION = "{{VERSION}}";
const FILES = new Set({{FILES}});
// The two pages change under one name; everything else is asked for by a name that its content gives it, or seldom changes.
const PAGES = new Set(["index.html", "remote.html"]);
const PATIENCE_MS = 3000;

// Other folders of the same host may have pages of their own.
const FOLDER = new URL("./", location.href);
const OURS = `greenlight ${FOLDER.pathname} `;
const CACHE = OURS + VERSION;

const keep = async (cache, name) => {
  // Many hosts send whoever asks for index.html on to the folder.
  const answer = await fetch(name === "index.html" ? FOLDER : name, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  // An answer that came by a detour may not be used for a page.
  const { body, headers } = answer;
  await cache.put(name, answer.redirected ? new Response(body, { headers }) : answer);
};

addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  await Promise.all([...FILES].map((name) => keep(cache, name)));
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
})()));

addEventListener("message", ({ data, ports }) => {
  if (data === "version") ports[0].postMessage(VERSION);
  if (data === "take over") skipWaiting();
});

const kept = async (name) => (await caches.open(CACHE)).match(name);

const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));

const page = async (request, name) => {
  const network = fetch(request);
  try {
    return await Promise.race([network, late()]);
  } catch {
    return (await kept(name)) ?? network;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(FOLDER.href)) return;
  const name = url.pathname.slice(FOLDER.pathname.length) || "index.html";
  if (!FILES.has(name)) return;
  if (PAGES.has(name)) {
    event.respondWith(page(request, name));
  } else if (!url.search) {
    event.respondWith(kept(name).then((answer) => answer ?? fetch(request)));
  }
});
