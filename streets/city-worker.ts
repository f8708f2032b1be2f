import { serveWorker } from './serve-worker.ts'

/* Worker side of `openCityWorker`. */

serveWorker()
