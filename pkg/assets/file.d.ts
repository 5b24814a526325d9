/** Where the file lies, as bundlers give it. */
declare const url: string;
export default url;
