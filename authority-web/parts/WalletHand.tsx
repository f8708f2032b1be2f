import { isHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { type FoundWallet, watchInjected } from '@hexhail/ui/wallet/injected.ts'
import { useEffect, useState } from 'preact/hooks'
import type { TariffHand } from '../tariff-desk.ts'
import { t } from '../text.ts'

/** Who signs: a wallet of the browser, or a key that is used once. `onHand` resolves with whether it was done. */
export function WalletHand({
  isReady,
  busy,
  onHand,
}: {
  readonly isReady: boolean
  readonly busy: boolean
  readonly onHand: (hand: TariffHand) => Promise<boolean>
}) {
  const [wallets, setWallets] = useState<readonly FoundWallet[]>([])
  const [key, setKey] = useState('')
  useEffect(() => watchInjected(found => setWallets(now => [...now, found])), [])
  const isKey = isHex(key.trim(), 32)
  const useKey = async () => {
    if (await onHand({ kind: 'key', key: key.trim().toLowerCase() as Hex })) setKey('')
  }
  return (
    <>
      {wallets.map(({ uuid, name, provider }) => (
        <Button
          key={uuid}
          icon="wallet"
          disabled={!isReady}
          busy={busy}
          onClick={() => void onHand({ kind: 'injected', provider })}
        >
          {t('signWith', { name })}
        </Button>
      ))}
      <TextField
        label={t('signKey')}
        type="password"
        value={key}
        onValue={setKey}
        hint={t('signKeyHint')}
        error={key !== '' && !isKey ? t('signKeyNot') : undefined}
      />
      <Button
        kind="primary"
        icon="key"
        disabled={!isReady || !isKey}
        busy={busy}
        onClick={() => void useKey()}
      >
        {t('signUse')}
      </Button>
    </>
  )
}
