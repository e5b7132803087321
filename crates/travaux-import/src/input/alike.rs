//! What readers say alike: most methods of a `Deserializer` take a visitor and nothing else.

/// The methods of a `Deserializer` that take a visitor alone, each as what it does with it.
macro_rules! reads {
    (
        $life:lifetime, $self:ident, $visitor:ident:
        $( $($method:ident)+ => $read:expr; )+
    ) => {
        $( reads!(@each $life, $self, $visitor: [$read] $($method)+); )+
    };
    (@each $life:lifetime, $self:ident, $visitor:ident: [$read:expr] $($method:ident)+) => {$(
        fn $method<V: serde::de::Visitor<$life>>(
            $self,
            $visitor: V,
        ) -> Result<V::Value, Self::Error> {
            $read
        }
    )+};
}

/// Those methods of a `Deserializer` that all readers have alike.
macro_rules! alike {
    ($life:lifetime: $($what:ident)+) => { $( alike!(@$what $life); )+ };
    // A type that holds one other is read as that one.
    (@newtypes $life:lifetime) => {
        fn deserialize_newtype_struct<V: serde::de::Visitor<$life>>(
            self,
            _: &'static str,
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            visitor.visit_newtype_struct(self)
        }
    };
    // A tuple that has a name is read as one that has none.
    (@tuples $life:lifetime) => {
        fn deserialize_tuple_struct<V: serde::de::Visitor<$life>>(
            self,
            _: &'static str,
            length: usize,
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            self.deserialize_tuple(length, visitor)
        }
    };
}

/// Reads a choice whose name is a field of the reader, which reads what it holds too.
macro_rules! chosen {
    ($life:lifetime, $reader:ty, $name:ident) => {
        impl<$life> serde::de::EnumAccess<$life> for $reader {
            type Error = $crate::input::reader::Fault;
            type Variant = Self;

            fn variant_seed<S: serde::de::DeserializeSeed<$life>>(
                self,
                seed: S,
            ) -> Result<(S::Value, Self), Self::Error> {
                Ok(($crate::input::named(self.$name, seed)?, self))
            }
        }
    };
}

pub(super) use {alike, chosen, reads};
