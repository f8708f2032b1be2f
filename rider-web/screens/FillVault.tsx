import { Button } from '@hexhail/ui/components/Button.tsx'
import type { RiderModel } from '../model.ts'
import { t } from '../text.ts'

/** The one tap that puts money into the vault: what the wallet has, else test money where there is a faucet. */
export function FillVault({ model }: { readonly model: RiderModel }) {
  const purse = model.funds.value?.purse ?? 0n
  if (purse > 0n) {
    return (
      <Button
        kind="primary"
        wide
        testId="deposit"
        busy={model.busy.value === 'deposit'}
        onClick={() => void model.deposit(purse)}
      >
        {t('deposit')}
      </Button>
    )
  }
  if (!model.config.faucetUrl) return <p class="muted">{t('problem_FUNDS')}</p>
  return (
    <Button
      kind="primary"
      wide
      testId="fill"
      busy={model.busy.value === 'fill'}
      note={t('fillNote')}
      onClick={() => void model.fill()}
    >
      {t('fill')}
    </Button>
  )
}
