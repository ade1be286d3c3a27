/**
 * Builds the client to dist/, which the API serves, and serves it with hot reload in development.
 * DEV_PORT is the port of the development server, DEV_API_ORIGIN the API that it passes /api on to.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const { DEV_PORT = '5173', DEV_API_ORIGIN = 'http://127.0.0.1:3000' } = process.env;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The API puts a fresh nonce in place of this with each answer; scripts, styles and emotion carry it.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    // The content security policy takes fonts and images from our own origin only, not from data: addresses.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    port: Number(DEV_PORT),
    strictPort: true,
    // The Host header stays as it is: the API compares it with the Origin.
    proxy: { '/api': { target: DEV_API_ORIGIN } },
  },
});
