import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { visible } from '../shared/model/email';
import { attempt, Failure } from '../shared/model/failure';
import { quotable } from '../shared/model/text';
import { withFieldsOf } from '../shared/n8n/itemFields';
import { createReader, itemIndexes } from '../shared/n8n/plan';
import { readParameters, type ParameterReader } from '../shared/parameters/reading';
import type { Service } from '../shared/users/service';
import { email, ONLY_THESE_SERVICES, onlyTheseServices } from './parameters';

/** Whom an item is about. */
export interface Someone {
	/** How to call the person: the address, or what was entered in its place. */
	label?: string;
	isDryRun: boolean;
	/** The address, and the names of the services to ask, or why nobody can be asked. */
	target: { email: string; services: readonly string[] } | Failure;
}

/** Reads whom all items are about, before the first request. */
export async function readPeople(
	context: IExecuteFunctions,
	chosen: readonly Service[],
): Promise<Someone[]> {
	const readerFor = createReader(context);
	const people: Someone[] = [];
	const items = context.getInputData();
	for await (const item of itemIndexes(context)) {
		people.push(readOne(readerFor(item), chosen, items[item]?.json));
	}
	return people;
}

function readOne(
	read: ParameterReader,
	chosen: readonly Service[],
	item: IDataObject | undefined,
): Someone {
	// What can't be read here is refused at every service: they read the options, too.
	const options = attempt(() => read('options'));
	const isCollection =
		typeof options === 'object' && options !== null && !(options instanceof Failure);
	const added: Readonly<Record<string, unknown>> = isCollection ? { ...options } : {};
	const address = attempt(() => readParameters({ email }, read).email);
	const label = address instanceof Failure ? labelOf(attempt(() => read('email'))) : address;
	const services = attempt(() =>
		Object.hasOwn(added, ONLY_THESE_SERVICES.name)
			? readParameters({ only: onlyTheseServices(chosen) }, (name) => added[name]).only
			: chosen.map(({ name }) => name),
	);
	return {
		...(label !== undefined && { label }),
		isDryRun: added['dryRun'] === true,
		target:
			address instanceof Failure
				? withFieldsOf(address, item)
				: services instanceof Failure
					? services
					: { email: address, services },
	};
}

/** Longest part of a wrong address that is shown. */
const MAX_LABEL = 100;

function labelOf(entered: unknown): string | undefined {
	const text = typeof entered === 'string' ? quotable(visible(entered)).slice(0, MAX_LABEL) : '';
	return text === '' ? undefined : text;
}
