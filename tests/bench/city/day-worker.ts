/** One day in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import { runDay } from './run-day.ts'
import { SETTINGS, type SettingName } from './settings.ts'

const { name, seed, hours } = workerData as { name: SettingName; seed: number; hours: number }
parentPort!.postMessage(runDay(SETTINGS[name], seed, hours))
