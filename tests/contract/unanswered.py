"""What the client knows and this sandbox never answers: fields of later versions, and of sellers and orders of another kind."""

from __future__ import annotations

__all__ = ["LATER", "OTHERWISE"]

_LATER_LINE = (
    "distance_fee distance_shipping_fee gift_retail_price is_pod_customized is_unboxing_item pfand_fee pod_info_id product_listing_type "
    "room_id shipping_vat_amount shipping_vat_rate sub_item_info unboxing_case_list unboxing_sku_code"
)
_LATER_PAYMENT = "distance_fee distance_shipping_fee item_insurance_tax payment_discount_service_fee payment_platform_discount"
_LATER_ORDER = (
    "authentication_required buyer_avatar buyer_nickname fast_collection_sla_time fast_rts_sla_time fulfillment_priority_level "
    "instore_pickup_sla_time is_refundable_sample is_subscription_order order_rights recommended_shipping_time "
    "recipient_address.district_info[].iso_code recipient_address.post_town"
)
_OTHER_ORDER = "delivery_option_required_delivery_time fast_dispatch_sla_time handling_duration pick_up_cut_off_time release_date"


def _under(prefix: str, fields: str) -> set[str]:
    return {f"{prefix}{field}" for field in fields.split()}


_ORDER_LATER = (
    _under("orders[].", _LATER_ORDER) | _under("orders[].line_items[].", _LATER_LINE) | _under("orders[].payment.", _LATER_PAYMENT)
)

LATER: dict[str, set[str]] = {
    "search_activities": {"activities[].auction_support_type"},
    "search_returns": _under("return_orders[].", "buyer_rejected_partial_refund is_quick_refund return_line_items[].return_sub_line_items"),
    "check_listing": {"pre_check_results"},
    "get_warehouses": {"warehouses[].entity_id"},
    "create_product": {"skus[].fees"},
    "edit_product": {"skus[].fees"},
    "partial_edit_product": {"skus[].fees"},
    "get_conversations": _under("conversations[].", "cur_session cur_session_id"),
    "get_messages": _under("messages[].", "data plaintext"),
    "get_package": _under("", "biz_extension_tags insurance.claim_status insurance.is_claim_eligible package_sub_status")
    | _under("", "ship_exception_reason warehouse_id"),
    "search_orders": _ORDER_LATER,
    "get_orders": _ORDER_LATER
    | _under("orders[].", "channel_entity_national_registry_id payment_auth_code payment_card_type payment_method_code"),
    "search_products": _under("products[].", "has_draft product_families product_tags scheduled_sale selling_format")
    | _under("products[].skus[].", "fees inventory[].backorder_quantity inventory[].handling_time price.starting_bid_price status_info"),
    "get_product": _under("", "audit.not_submitted_reasons has_draft is_blind_box is_replicated key_product_features pod_info")
    | _under("", "prescription_requirement product_families product_status product_tags scheduled_sale search_terms selling_format")
    | _under("", "shipping_template_id subscribe_info")
    | _under("skus[].", "fees global_listing_policy inventory[].backorder_quantity inventory[].handling_time price.starting_bid_price")
    | _under("skus[].", "purchase_order_quantity_limit sku_dimensions sku_weight status_info"),
}
"""By operation: fields that came after the versions imitated here (tiktok-shop-api.md, marked later or absent)."""

OTHERWISE: dict[str, set[str]] = {
    "check_listing": _under("", "diagnoses listing_quality warnings"),
    "search_cancellations": _under("cancellations[].", "refund_amount seller_next_action_response should_replenish_stock")
    | _under("cancellations[].cancel_line_items[].", "cancel_line_item_id cancel_sub_line_items product_image refund_amount"),
    "get_package": _under("pickup_slot.", "end_time start_time"),
    "search_activities": _under("activities[].", "activity_commands discount participation_limit"),
    "search_returns": _under("return_orders[].", "partial_refund seller_proposed_return_type"),
    "search_orders": _under("orders[].", _OTHER_ORDER),
    "get_orders": _under("orders[].", _OTHER_ORDER),
    "search_products": _under("products[].", "listing_quality_tier skus[].external_list_prices skus[].list_price")
    | _under("products[].skus[].pre_sale.fulfillment_type.", "release_date"),
    "get_product": _under("", "brand certifications external_product_id global_product_association listing_quality_tier manufacturer_ids")
    | _under("", "primary_combined_product_id recommended_categories responsible_person_ids size_chart video")
    | _under("skus[].", "combined_skus external_list_prices external_urls extra_identifier_codes identifier_code list_price")
    | _under("skus[].", "price.unit_price sales_attributes[].sku_img sales_attributes[].supplementary_sku_images sku_unit_count")
    | _under("skus[].pre_sale.fulfillment_type.", "release_date"),
}
"""By operation: fields of the imitated versions that ordinary orders and goods of this seller do not have, such as pre-orders."""
