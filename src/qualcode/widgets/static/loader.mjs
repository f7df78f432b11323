// Makes a blob of each module, so that the relative imports among them find each other.
const urls = {};
for (const [name, source] of Object.entries(sources)) {
  const linked = source.replace(/from "\.\/([a-z_]+\.js)";/g, (_, needed) => `from "${urls[needed]}";`);
  urls[name] = URL.createObjectURL(new Blob([linked], { type: "text/javascript" }));
}
const main = await import(/* @vite-ignore */ Object.values(urls).at(-1));
Object.values(urls).forEach((url) => URL.revokeObjectURL(url));
export default main.default;
