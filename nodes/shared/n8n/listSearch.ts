import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { connectFrom } from './connect';
import type { AccountFacts, Directory } from '../users/directory';
import { asFailure, toNodeError } from './errors';
import { subjectOf } from './messages';
import { createPace } from '../http/throttle';
import { readParameters, type ParametersFor } from '../parameters/reading';
import { createApi } from '../http/client';
import type { Service } from '../users/service';
import { createRunState, type Session } from '../users/runContext';

/** Somebody is looking at the list. */
const PATIENCE = { timeout: 15_000, maxRetries: 0 };

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
		session: Session,
		filter: string,
		page: string | undefined,
	) => Promise<INodeListSearchResult>,
): ListSearch {
	return async function (this, filter = '', paginationToken) {
		try {
			const values = readParameters(parameters, (name) => this.getCurrentNodeParameter(name));
			const connection = await connectFrom(this, service);
			const api = createApi(connection, service.errors, PATIENCE, createPace(undefined));
			return await load(values, { api, ...createRunState() }, filter.trim(), paginationToken);
		} catch (error) {
			throw toListError(this, service, error);
		}
	};
}

/** The list of users behind the locator of `userLocator`. */
export function userSearch<Values extends object>(
	service: Service,
	parameters: ParametersFor<Values>,
	directory: Pick<Directory<NoInfer<Values>>, 'search'>,
): ListSearch {
	return listSearch(service, parameters, async (values, session, filter, page) => {
		const { accounts, nextPage } = await directory.search(filter, page, values, session);
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
