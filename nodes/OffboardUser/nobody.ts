import { Failure } from '../shared/model/failure';
import { failureFields, itemContext } from '../shared/n8n/errors';
import { EITHER_READING } from '../shared/users/outcome';
import { isNobody, knowsAddress, type AtService } from './person';
import { SERVICES } from './services';

/**
 * When access is taken away, nobody found counts only if another service of the run knows exactly this
 * address: otherwise it may be mistyped. Whoever is only looked up may be gone everywhere.
 */
export function confirmNobody(
	results: readonly AtService[],
	address: string | undefined,
	item: number,
): AtService[] {
	const isLookUp = results.some((one) => 'record' in one && one.record.operation === 'get');
	if (isLookUp || results.some(knowsAddress)) return [...results];
	return results.map((result) => {
		const asked = SERVICES.find(({ service }) => service.name === result.service);
		if (!('record' in result) || !asked) return result;
		const { service } = asked;
		if (!isNobody(result.record, service)) return result;
		const operation = service.operations[result.record.operation];
		const failure = unconfirmed(address ?? '', result.record.warning);
		const about = itemContext(service, operation, { email: address }, item);
		return { service: service.name, failure: failureFields(failure, about) };
	});
}

/** @param warning what the service's answer may mean */
function unconfirmed(address: string, warning: string | undefined): Failure {
	return new Failure('notFound', {
		summary: `No service knows the email '${address}'. Is it right?`,
		advice: [warning, 'Check the email, or select a service where the person has an account.']
			.filter(Boolean)
			.join(' '),
		effect: warning?.includes(EITHER_READING) === true ? 'possible' : 'none',
	});
}
