import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { createClient, type Client } from '../http/client';
import { createThrottle } from '../http/throttle';
import { asFailure } from '../model/failure';
import type { AccountFacts } from '../model/record';
import { readParameters, type Parameter, type ParametersFor } from '../parameters/reading';
import type { UserDirectory } from '../users/directory';
import type { Service } from '../users/service';
import { connect } from './connection';
import { toNodeError } from './errors';
import { subjectOf } from './messages';

/** Somebody is looking at the list. */
const POLICY = { timeout: 15_000, maxRetries: 0 };

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * A list behind a locator.
 *
 * @param parameters the other fields of the node that the list depends on
 */
export function listSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	load: (
		values: Values,
		client: Client,
		filter: string,
		page: string | undefined,
	) => Promise<INodeListSearchResult>,
): ListSearch {
	return async function (this, filter = '', paginationToken) {
		try {
			const values = readFields(this, parameters);
			const connection = await connect(this, service);
			const client = createClient(connection, service.errors, POLICY, createThrottle(undefined));
			return await load(values, client, filter.trim(), paginationToken);
		} catch (error) {
			throw toListError(this, service, error);
		}
	};
}

/** @throws Failure that says which field to fill in before the list can be opened */
function readFields<Values extends object>(
	context: ILoadOptionsFunctions,
	parameters: ParametersFor<Values>,
): Values {
	try {
		return readParameters(parameters, (name) => context.getCurrentNodeParameter(name));
	} catch (error) {
		const [field] = Object.values<Parameter<unknown>>(parameters);
		const name = field?.property.displayName.toLowerCase() ?? '';
		const article = /^[aeiou]/.test(name) ? 'an' : 'a';
		throw asFailure(error).with({ advice: `Choose ${article} ${name} first.` });
	}
}

/** The list of users behind the locator of `userLocator`. */
export function userSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	{ search }: Pick<UserDirectory<NoInfer<Values>>, 'search'>,
): ListSearch {
	return listSearch(service, parameters, async (values, client, filter, page) => {
		const { accounts, nextPage } = await search(filter, page, values, client);
		return {
			results: toListItems(accounts),
			...(nextPage !== undefined && { paginationToken: nextPage }),
		};
	});
}

/** Two accounts may share name, address and state: their ids tell them apart. */
function toListItems(accounts: readonly AccountFacts[]): INodeListSearchItems[] {
	const items = accounts.map(toListItem);
	const times = new Map<string, number>();
	for (const { name } of items) times.set(name, (times.get(name) ?? 0) + 1);
	return items.map((item) =>
		times.get(item.name) === 1 ? item : { ...item, name: `${item.name} – ID ${item.value}` },
	);
}

function toListItem({ userId, emails, name, state }: AccountFacts): INodeListSearchItems {
	const [email] = emails;
	const who = [name, email === undefined ? undefined : `(${email})`].filter(Boolean).join(' ');
	const suffix = state === 'active' ? '' : ` – ${state}`;
	return { name: `${who === '' ? userId : who}${suffix}`, value: userId };
}

function toListError(context: ILoadOptionsFunctions, service: Service, error: unknown) {
	const subject = subjectOf(service);
	return toNodeError(context.getNode(), asFailure(error), { serviceName: service.name, subject });
}
