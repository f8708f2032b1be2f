/**
 * `npm run sim`: simulated trips under every fault, `-- --seed N --trips N [--calm] [--trace]`, `-- --matrix`, `-- --planted`; with a file, a city's
 * riders and drivers: `-- scenario.json… [--all] [--out DIR]`.
 */
import { cityCommand } from './city/city-command.ts'
import { simulateFaults } from './fault/command.ts'

const args = process.argv.slice(2)
process.exitCode = args[0]?.endsWith('.json') ? cityCommand(args) : await simulateFaults(args)
