import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { Pulse } from '@hexhail/ui/components/Pulse.tsx'
import { Switch } from '@hexhail/ui/components/Switch.tsx'
import { earnedToday } from '../ledger.ts'
import { en } from '../locales/en.ts'
import { BookedRides } from '../parts/BookedRides.tsx'
import { DrivePanel } from '../parts/DrivePanel.tsx'
import { OffersOut } from '../parts/OffersOut.tsx'
import { OtherRequests } from '../parts/OtherRequests.tsx'
import { Problem } from '../parts/Problem.tsx'
import { Promised } from '../parts/Promised.tsx'
import { RequestCard } from '../parts/RequestCard.tsx'
import { LOW_COIN_WEI } from '../permit.ts'
import { type TextKey, t } from '../text.ts'
import type { ScreenProps } from './Screen.tsx'

/** The free driver: online or not, what came in, what was earned. */
export function Home({ model, onCovered, onPage }: ScreenProps) {
  const { client, purse, wheels, config, permits, deeds } = model
  const { online, cards, notice } = client.shift.value
  const card = online ? model.card.value : null
  const today = earnedToday(purse.trips.value, model.clock.value)
  const coin = permits.coinWei.value
  const note = `notice_${notice}`
  return (
    <DrivePanel
      key={card ? 'card' : online ? 'online' : 'offline'}
      label={t(online ? 'online' : 'offline')}
      start={card ? 'full' : 'half'}
      onCovered={onCovered}
      title={
        <>
          <span class="online-dot" data-on={online ? '' : undefined} />
          {card ? t('requests', { n: cards.length }) : t(online ? 'online' : 'offline')}
        </>
      }
      foot={
        !card && (
          <Button
            kind={online ? 'plain' : 'primary'}
            wide
            icon="power"
            testId="online"
            pressed={online}
            busy={deeds.busy.value === 'online'}
            onClick={() => void (online ? model.goOffline() : model.goOnline())}
          >
            {t(online ? 'goOffline' : 'goOnline')}
          </Button>
        )
      }
    >
      {note in en && (
        <Banner tone="warn" icon="info">
          {t(note as TextKey)}
        </Banner>
      )}
      {wheels.blind.value && !wheels.simulated.value && (
        <Banner tone="warn" icon="locate">
          {t('noPlace')}
        </Banner>
      )}
      {coin !== null && coin < LOW_COIN_WEI && (
        <Banner
          tone="warn"
          icon="money"
          action={
            config.demo && (
              <Button size="small" onClick={() => void deeds.run('coin', permits.fillCoin)}>
                {t('getCoin')}
              </Button>
            )
          }
        >
          {t('lowCoin')}
        </Banner>
      )}
      {!permits.hasCard.value && !card && (
        <Banner
          tone="warn"
          icon="info"
          action={
            <Button size="small" onClick={() => onPage('permit')}>
              {t('permitTitle')}
            </Button>
          }
        >
          {t('noCard')}
        </Banner>
      )}
      <Problem model={model} />
      <Promised model={model} />
      {card && <RequestCard model={model} card={card} />}
      {online && <OtherRequests model={model} />}
      <OffersOut model={model} />
      <BookedRides model={model} />
      {!card && (
        <>
          {online && model.offers.value.length === 0 && <Pulse icon="bell" />}
          <p class="muted center">{t(online ? 'onlineNote' : 'offlineNote')}</p>
          <Figures
            figures={[
              {
                label: `${t('today')} · ${t('todayTrips', { n: today.trips })}`,
                value: (
                  <span data-testid="today">
                    <Money amount={today.sum} />
                  </span>
                ),
              },
              {
                label: t('inVault'),
                value: (
                  <span data-testid="vault">
                    {purse.vault.value === null ? '…' : <Money amount={purse.vault.value} />}
                  </span>
                ),
              },
            ]}
          />
          <Button wide icon="chart" testId="earnings" onClick={() => onPage('earnings')}>
            {t('earnings')}
          </Button>
          <Button wide icon="car" testId="profile" onClick={() => onPage('profile')}>
            {t('editProfile')}
          </Button>
          {config.demo && (
            <Switch
              label={t('simulate')}
              hint={t('simulateNote', { n: config.speed })}
              checked={wheels.simulated.value}
              onChecked={wheels.simulate}
            />
          )}
        </>
      )}
    </DrivePanel>
  )
}
