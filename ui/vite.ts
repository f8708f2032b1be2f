/** One Vite configuration for the three apps: Preact without a plugin, hashed assets, nothing inline. */

import { fileURLToPath } from 'node:url'
import type { UserConfig } from 'vite'

/** Vite configuration of the app in `appDir` (a folder path or the `import.meta.url` of its `vite.config.ts`). */
export function appConfig(appDir: string, { build, ...more }: UserConfig = {}): UserConfig {
  const root = appDir.startsWith('file:') ? fileURLToPath(new URL('.', appDir)) : appDir
  return {
    root,
    base: '/',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: { dedupe: ['preact', '@preact/signals'] },
    worker: { format: 'es' },
    build: {
      target: 'es2024',
      outDir: 'dist',
      emptyOutDir: true,
      // The strict CSP has no `data:` for scripts and fonts: everything is a hashed file.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
      ...build,
    },
    clearScreen: false,
    ...more,
  }
}
