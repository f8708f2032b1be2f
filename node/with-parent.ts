/** Preloaded into the parts of a demo: when the demo is gone, even by SIGKILL, a part ends in good order. */

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
