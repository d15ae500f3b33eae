import { aboutNobody } from '../http/errorTable';
import { readAllPages } from '../http/pagination';
import { asFailure } from '../model/failure';
import { toAccountRow, type AccountRow } from '../model/record';
import type { Wanted } from '../parameters/listing';
import { rowKey, type Row, type UserDirectory } from './directory';
import type { RunContext } from './runContext';

/**
 * The accounts of a service, page by page. An entry that can't be read comes out, too: it may be the
 * account that somebody looks for.
 *
 * @throws Failure also if the credential can't see everybody: what it can't see would not be missed
 */
export async function listUsers<Values>(
	users: Pick<UserDirectory<Values>, 'list' | 'proveSeesEverybody'>,
	values: Omit<Values, 'userId'>,
	wanted: Wanted,
	{ client, once }: RunContext,
): Promise<Array<Omit<AccountRow, 'service'>>> {
	const matches = (row: Row) =>
		'json' in row || wanted.states.length === 0 || wanted.states.includes(row.state);
	const [rows] = await Promise.all([
		readAllPages(users.list(values, client), rowKey, { matches, limit: wanted.limit }),
		users.proveSeesEverybody && once(users.proveSeesEverybody),
	]).catch((error: unknown) => {
		throw aboutNobody(asFailure(error));
	});
	return rows.map(toAccountRow);
}
