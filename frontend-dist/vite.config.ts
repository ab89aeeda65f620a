import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [sveltekit()],
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: {
    proxy: { '/api': { target: process.env.ORCHFLOW_URL ?? 'http://127.0.0.1:8080', ws: true } }
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' }
});
