import { appConfig } from '../vite.ts'

export default appConfig(import.meta.url)
