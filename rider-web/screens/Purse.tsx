import { Button } from '@hexhail/ui/components/Button.tsx'
import { ListRow } from '@hexhail/ui/components/ListRow.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import type { RiderModel } from '../model.ts'
import { RidePanel } from '../Panel.tsx'
import { t } from '../text.ts'
import { FillVault } from './FillVault.tsx'
import { Problem } from './Problem.tsx'
import { ReducedFare } from './ReducedFare.tsx'

/** The rider's money: in the vault, held, in the wallet, and the ways in and out. */
export function Purse({ model, onBack }: { readonly model: RiderModel; readonly onBack: () => void }) {
  const funds = model.funds.value
  return (
    <RidePanel
      label={t('money')}
      title={t('money')}
      start="full"
      foot={
        <Button wide testId="back" onClick={onBack}>
          {t('back')}
        </Button>
      }
    >
      <div class="stack">
        <Problem model={model} />
        {funds && (
          <ul class="list">
            <li>
              <ListRow icon="lock" title={t('inVault')} end={<Money amount={funds.free} />} />
            </li>
            <li>
              <ListRow icon="clock" title={t('heldNow')} end={<Money amount={funds.held} />} />
            </li>
            <li>
              <ListRow icon="wallet" title={t('inWallet')} end={<Money amount={funds.purse} />} />
            </li>
          </ul>
        )}
        <FillVault model={model} />
        <ReducedFare model={model} />
        {funds && funds.free > 0n && (
          <Button
            wide
            testId="withdraw"
            busy={model.busy.value === 'withdraw'}
            onClick={() => void model.withdraw(funds.free)}
          >
            {t('withdraw')}
          </Button>
        )}
      </div>
    </RidePanel>
  )
}
