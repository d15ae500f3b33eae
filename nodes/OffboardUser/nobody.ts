import { Failure } from '../shared/model/failure';
import { listed } from '../shared/model/text';
import { itemContext } from '../shared/n8n/errors';
import { EITHER_READING } from '../shared/users/outcome';
import { isNobody, knowsAddress, nameOf, type AtService, type DoneAt } from './result';

/**
 * When access is changed, nobody found counts only if another service of the run knows exactly this
 * address: otherwise it may be mistyped. Whoever is only looked up may be gone everywhere.
 */
export function confirmNobody(
	results: readonly AtService[],
	address: string,
	item: number,
): readonly AtService[] {
	const isLookUp = results.some((one) => 'record' in one && one.record.operation === 'get');
	if (isLookUp || results.some(knowsAddress)) return results;
	const { summary, advice, isAgreed } = whyNot(results, address);
	return results.map((result): AtService => {
		if ('record' in result && isNobody(result.record, result.service)) {
			return failedAt(result, { summary, advice }, address, item);
		}
		// All services say the same of the person, so that it is said once.
		return isAgreed && 'failure' in result
			? { ...result, failure: result.failure.with({ summary, advice }) }
			: result;
	});
}

function failedAt(
	{ service, record, app }: DoneAt,
	{ summary, advice }: { summary: string; advice: string },
	email: string,
	item: number,
): AtService {
	const { operation, warning } = record;
	const isOpen = warning?.includes(EITHER_READING) === true;
	const failure = new Failure('notFound', {
		summary,
		advice: isOpen ? `${EITHER_READING} ${advice}` : advice,
		effect: isOpen ? 'possible' : 'none',
		app,
	});
	const about = itemContext(service, service.operations[operation], { email }, item);
	return { service, failure, about };
}

/** Why nobody found does not count, and whether all services agree on it. */
function whyNot(results: readonly AtService[], address: string) {
	const asked = results.filter(({ service }) => Object.hasOwn(service.operations, 'get'));
	if (asked.length === 0) {
		const names = listed(results.map(nameOf));
		return {
			summary: `No active member has the email '${address}', which is deactivated already or mistyped`,
			advice: `${names} can't tell the two apart. Choose another service where the person has an account: if it knows the email, this counts as done.`,
			isAgreed: results.every(isNobodyAt),
		};
	}
	return results.every(isNobodyAt)
		? {
				summary: `No service knows the email '${address}'. Is it right?`,
				advice: 'Check the email, or choose a service where the person has an account.',
				isAgreed: true,
			}
		: {
				summary: `No service could confirm the email '${address}'`,
				advice: 'Run this again when the other services work.',
				isAgreed: false,
			};
}

function isNobodyAt(result: AtService): boolean {
	if ('record' in result) return isNobody(result.record, result.service);
	if (!('failure' in result)) return false;
	const { reason, facts } = result.failure;
	return reason === 'notFound' && facts.summary === undefined;
}
