/** `npm run sim`: simulated trips under every fault, `-- --seed N --trips N [--calm] [--trace]`. */
import { simulateFaults } from './fault/command.ts'

process.exitCode = await simulateFaults(process.argv.slice(2))
