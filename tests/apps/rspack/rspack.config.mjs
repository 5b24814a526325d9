export default {
  entry: "./main.js",
  module: { rules: [{ test: /\.css$/, type: "css" }] },
};
