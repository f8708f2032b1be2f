import { appConfig } from '@hexhail/ui/vite.ts'

export default appConfig(import.meta.url)
