import { isObject, parseBody } from '../requestBody.mts';
import { apiError, throwIfAny, type ErrorEntry } from '../apiError.mts';
import { bothVersions, pathParameter, type ApiRequest, type Route } from '../route.mts';
import { parseMetadata } from '../validation/metadata.mts';
import { parseReference } from '../validation/identifiers.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Customer } from '../store.mts';

/**
 * The customer with its financial instruments. Under v2 the GET creates a customer that does not exist
 * (API reference 4.2, documented). The model's field names are inferred, except for the status
 * ACTIVE (API reference 5, documented).
 */
const getCustomer: Route = {
	name: 'getCustomer',
	method: 'GET',
	paths: bothVersions('/customer-vault/:customerRef'),
	area: 'transaction',
	permission: 'customerRead',
	handle(request, sandbox) {
		const customer =
			request.version === 'v2'
				? sandbox.store.addCustomer(customerRefOf(request))
				: findCustomer(request, sandbox);
		const { customerRef, metadata } = customer;
		const financialInstruments = financialInstrumentsOf(customerRef, sandbox);
		return { status: 200, body: { customerRef, status: 'ACTIVE', metadata, financialInstruments } };
	},
};

/**
 * Updates the metadata, 202 (API reference 4.2, documented). It is inferred that the metadata is under
 * `metadata` in the body, and replaces the old one.
 */
const updateCustomerMetadata: Route = {
	name: 'updateCustomerMetadata',
	method: 'PUT',
	paths: bothVersions('/customer-vault/:customerRef'),
	area: 'transaction',
	permission: 'customerWrite',
	handle(request, sandbox) {
		const errors: ErrorEntry[] = [];
		const sent = parseBody(request).metadata;
		if (!isObject(sent)) throw apiError(400, 'METADATA_FORMAT_NOT_RECOGNISED');
		const metadata = parseMetadata(sent, sandbox.options.metadataValueLimit, errors);
		throwIfAny(errors);
		findCustomer(request, sandbox).metadata = metadata;
		return { status: 202 };
	},
};

/** The path is documented under v1 only (API reference 4.2); the response is inferred. */
const getWallet: Route = {
	name: 'getWallet',
	method: 'GET',
	paths: ['/v1/customer-vault/:customerRef/wallet'],
	area: 'transaction',
	permission: 'customerRead',
	handle(request, sandbox) {
		const { customerRef } = findCustomer(request, sandbox);
		return {
			status: 200,
			body: { financialInstruments: financialInstrumentsOf(customerRef, sandbox) },
		};
	},
};

function customerRefOf(request: ApiRequest): string {
	const errors: ErrorEntry[] = [];
	const customerRef = parseReference('CUSTOMER_REF', pathParameter(request, 'customerRef'), errors);
	throwIfAny(errors);
	return customerRef;
}

function findCustomer(request: ApiRequest, { options, store }: Sandbox): Customer {
	const customer = store.customer(customerRefOf(request));
	if (!customer) throw apiError(options.notFoundStatus, 'CUSTOMER_NOT_FOUND');
	return customer;
}

/** Those that the customer's instructions use; the capabilities are those of the sample (API reference 5). */
function financialInstrumentsOf(customerRef: string, { store }: Sandbox): object[] {
	const ids = store.orders
		.flatMap((order) => order.instructions)
		.filter((instruction) => instruction.customerRef === customerRef)
		.map(
			({ financialInstrumentId, transaction }) =>
				financialInstrumentId ?? transaction?.financialInstrumentId,
		);
	const capabilities = {
		valueType: 'VARIABLE',
		usageType: 'MULTIPLE',
		canCredit: true,
		canDebit: true,
	};
	return [...new Set(ids)]
		.filter((id) => id !== undefined)
		.map((financialInstrumentId) => ({ financialInstrumentId, type: 'VISA', capabilities }));
}

export const customerVaultRoutes: readonly Route[] = [
	getCustomer,
	updateCustomerMetadata,
	getWallet,
];
