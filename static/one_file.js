// The loader of `greenlight.html`: everything is in the page itself, and nothing is asked of the network.

// As it was before anything ran, for whoever saves it with a report inside.
const page = `<!doctype html>\n${document.documentElement.outerHTML}`;

const bytesOf = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place);
  return bytes;
};
const unpacked = (text) => {
  const packed = new Blob([bytesOf(text)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("gzip")));
};
const part = (name) => document.querySelector(`script[data-part="${CSS.escape(name)}"]`)?.textContent;
const module = (name) => unpacked(part(name)).arrayBuffer();
// Once, unless it fails: then the next call tries anew.
const once = (act) => {
  let result;
  return () => result ??= act().catch((error) => { result = undefined; throw error; });
};

const start = (name) => async () => greenlightGlue[name]({ module_or_path: await module(`${name}.wasm`) });

globalThis.greenlight = {
  /** What lies beside the page elsewhere, and in it here. */
  async beside(path) {
    if (path === "greenlight.html") return new Response(page);
    const text = part(path);
    return text === undefined ? new Response(null, { status: 404 }) : unpacked(text);
  },
  /** The one engine there is, which reads everything. Its worker may fetch nothing, so its module is sent to it. */
  worker() {
    const address = URL.createObjectURL(new Blob([part("engine.js")], { type: "text/javascript" }));
    const worker = new Worker(address);
    module("engine.wasm").then(
      (bytes) => worker.postMessage(bytes, [bytes]),
      (error) => worker.dispatchEvent(new ErrorEvent("error", { message: `${error}`, cancelable: true })),
    );
    return worker;
  },
  /** Puts the workbench on the page. */
  workbench: once(start("workbench")),
  /** The files that were saved with the page. */
  rows: () => Promise.all([...document.querySelectorAll("#greenlight-rows > script")].map(async (rows) =>
    new File([await unpacked(rows.textContent).blob()], rows.dataset.name))),
};

start("page")().catch((error) => {
  const place = document.getElementById("loading") ?? document.body.appendChild(document.createElement("main"));
  place.setAttribute("role", "alert");
  place.textContent = `Greenlight could not start: ${error}. This browser may be too old.`;
  throw error;
});
