/* Preloaded into the relays of the bench: garbage is collected when the bench says so, so that memory means what is held. */
process.on('SIGUSR2', () => globalThis.gc?.())
