import { violationsOf } from '../../host/agreement.cts';
import { HOST_NAMES } from '../../host/install.cts';
import { describeAfterReview } from './after-review.cts';
import { describeByAgent } from './by-agent.cts';
import { describeByHand } from './by-hand.cts';
import { describeEverywhere } from './everywhere.cts';
import { describeFormerEmployees } from './former-employees.cts';
import { describeFromWebhook } from './from-webhook.cts';
import { describeLedger } from './ledger.cts';
import { Office } from './office.cts';
import { describeOnLeavingDate } from './on-leaving-date.cts';
import { describeOrphanedAccounts } from './orphaned-accounts.cts';
import { describeStepByStep } from './step-by-step.cts';

/** The example workflows as shipped, in each real n8n. One n8n for all: it takes its time to start. */

jest.setTimeout(60_000);

describe.each(HOST_NAMES)('in the %s n8n', (hostName) => {
	const office = new Office();
	// The first start on a machine may have to install n8n.
	beforeAll(async () => await office.open(hostName), 10 * 60_000);
	beforeEach(() => office.reset());
	afterEach(() => expect(violationsOf(office.simulators)).toEqual([]));
	afterAll(async () => await office.close());

	describe('offboard-leaver', () => describeByHand(office));
	describe('offboard-from-webhook', () => describeFromWebhook(office));
	describe('offboard-on-leaving-date', () => describeOnLeavingDate(office));
	describe('offboard-after-review', () => describeAfterReview(office));
	describe('check-former-employees', () => describeFormerEmployees(office));
	describe('find-orphaned-accounts', () => describeOrphanedAccounts(office));
	describe('ledger-and-recheck', () => describeLedger(office));
	describe('offboard-everywhere', () => describeEverywhere(office));
	describe('offboard-by-agent', () => describeByAgent(office));
	describe('offboard-step-by-step', () => describeStepByStep(office));
});
