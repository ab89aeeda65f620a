import { licences } from './licences';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const orchflow = process.env.ORCHFLOW_URL ?? 'http://127.0.0.1:8080';

const proxy = {
  '/api': {
    target: orchflow,
    ws: true,
    changeOrigin: true,
    // The gateway takes changes from its own origin only.
    headers: { origin: orchflow }
  }
};

export default defineConfig({
  plugins: [sveltekit(), licences()],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  server: { proxy },
  preview: { proxy },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    // Its modules name each other without extensions, which node itself does not read.
    server: { deps: { inline: ['diff2html'] } }
  }
});
