/**
 * The elements in Vue's templates. Import it once, anywhere: `import "jackfield/vue"`.
 *
 * `<jackfield-form :settings="{ team_id: 1 }" @jackfield-success="({ connection }) => …" />`
 */
import type { HTMLAttributes, PublicProps } from "vue";
import type { Elements } from "./props.js";

/** Vue knows the listener of `jackfield-success` as `onJackfieldSuccess`. */
type Camel<Text extends string> = Text extends `${infer First}-${infer Rest}` ? `${Capitalize<First>}${Camel<Rest>}` : Capitalize<Text>;

type Listeners<Events> = { [Name in keyof Events as `on${Camel<string & Name>}`]?: ((event: Events[Name]) => void) | undefined };

type Component<Element, Props, Events> = new () => Element & {
  $props: Props & Listeners<Events> & Omit<HTMLAttributes, keyof Props> & PublicProps;
};

type Components = {
  [Tag in keyof Elements]: Component<Elements[Tag]["element"], Elements[Tag]["props"], Elements[Tag]["events"]>;
};

declare module "vue" {
  interface GlobalComponents extends Components {}
}
