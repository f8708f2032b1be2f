import { appConfig } from '@hexhail/ui/vite.ts'

/** What several screens draw with comes in one file, not in thirty. */
const KIT = {
  name: 'kit',
  test: /[\\/]ui[\\/](components|format)[\\/]|[\\/]authority-web[\\/]parts[\\/]/,
  minShareCount: 3,
}

export default appConfig(import.meta.url, {
  build: { rolldownOptions: { output: { codeSplitting: { groups: [KIT] } } } },
})
