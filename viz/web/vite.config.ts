import { defineConfig } from "vite";

// package.json overrides rollup: a later one lacks packages of platforms, which leaves holes in the lock file that
// `npm ci` refuses. The override goes when a release has them again.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // a data: address would need an exception in the page's content policy
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 400,
  },
  worker: { format: "es" },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
