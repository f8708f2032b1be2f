/** The wallet's first visit and its return. */
export function Wallets() {
  return <h1>Wallet</h1>
}
