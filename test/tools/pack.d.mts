export declare const inTemporaryFolder: <T>(work: (folder: string) => Promise<T>) => Promise<T>;
export declare const pack: (folder: string) => string;
export declare const unpack: (tarball: string, folder: string) => string;
