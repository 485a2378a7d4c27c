/** MongoDB's own numbers and names, as far as this engine can answer with them. */
export const errorCodeNames = {
  1: 'InternalError',
  2: 'BadValue',
  8: 'UnknownError',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  17: 'ProtocolError',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  54: 'NotSingleValueField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  146: 'ExceededMemoryLimit',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  225: 'TransactionTooOld',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  257: 'TransactionTooLarge',
  263: 'OperationNotSupportedInTransaction',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
  10334: 'BSONObjectTooLarge',
  11601: 'Interrupted',
  15: 'Overflow',
  16: 'InvalidLength',
  53: 'InvalidIdField',
  56: 'EmptyFieldName',
  57: 'DottedFieldName',
  79: 'UnknownReplWriteConcern',
  117: 'ConflictingOperationInProgress',
  125: 'CommandFailed',
  168: 'InvalidPipelineOperator',
  197: 'InvalidIndexSpecificationOption',
  207: 'InvalidUUID',
  223: 'IllegalOpMsgFlag',
  233: 'TooManyDocumentSequences',
  262: 'ExceededTimeLimit',
  288: 'ChecksumMismatch',
  290: 'TransactionExceededLifetimeLimitSeconds',
  291: 'NoQueryExecutionPlans',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  322: 'APIVersionError',
  323: 'APIStrictError',
  324: 'APIDeprecationError',
  352: 'UnsupportedOpQueryCommand',
  378: 'NonConformantBSON',
  10003: 'CannotGrowDocumentInCappedNamespace',
  11600: 'InterruptedAtShutdown',
  50768: 'NotARetryableWriteCommand',
  237: 'CursorKilled',
  276: 'IndexBuildAborted',
  279: 'ClientDisconnect',
  39: 'FileStreamFailed',
  301: 'DataCorruptionDetected',
  388: 'TransactionTooLargeForCache',
  143: 'CursorInUse',
} as const;

export type ErrorExtra = Readonly<Record<string, unknown>>;

/** A wish that the engine refuses, with the code that MongoDB would give. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly string[];
  /** Further fields of the reply, `keyPattern` and `keyValue` of a duplicate key, say. */
  readonly extra: ErrorExtra;

  constructor(code: number, message: string, options: { labels?: readonly string[]; extra?: ErrorExtra } = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.codeName = (errorCodeNames as Readonly<Record<number, string>>)[code] ?? `Location${code}`;
    this.labels = options.labels ?? [];
    this.extra = options.extra ?? {};
  }
}

/** The answer to something that MongoDB has and this engine has not: refused aloud, never guessed. */
export function notOffered(what: string): CommandError {
  return new CommandError(238, `${what} is not offered by the embedded engine`);
}

export function badValue(message: string): CommandError {
  return new CommandError(2, message);
}

export function typeMismatch(message: string): CommandError {
  return new CommandError(14, message);
}
